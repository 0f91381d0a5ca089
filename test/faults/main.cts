import { runMatrix } from './matrix.cts';
import { operationName } from './operations/operations.cts';

runMatrix((done) => {
	if (done % 100 === 0) console.error(done);
}).then((outcomes) => {
	for (const o of outcomes)
		console.log(
			[
				o.fault.name,
				o.mode,
				operationName(o.operation),
				o.held,
				o.isWhole ? 'whole' : 'notwhole',
				o.hangs ? 'HANGS' : '',
				o.error ? o.error.message + ' // ' + o.error.description : 'OK',
			].join(' | '),
		);
});
