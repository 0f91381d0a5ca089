// Waits until the process that started it is gone, for whatever reason, and then ends the programs and removes the
// folders that are left of it. Who is killed cannot do so.
const { rmSync } = require('node:fs');

let leftovers = [];

process.on('message', (all) => (leftovers = all));
process.on('disconnect', () => {
	const isProgram = (leftover) => typeof leftover === 'number';
	for (const program of leftovers.filter(isProgram)) end(program);
	for (const folder of leftovers.filter((leftover) => !isProgram(leftover))) {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
});

function end(program) {
	try {
		process.kill(process.platform === 'win32' ? program : -program, 'SIGKILL');
	} catch (error) {
		if (error.code !== 'ESRCH') throw error;
	}
}
