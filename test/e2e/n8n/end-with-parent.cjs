// Loaded into n8n before anything else: n8n and its task runners end when the process that started
// them is gone, even if that one was killed and could not end them itself. The threads of n8n load it
// too; they have no channel to that process.
if (process.channel) {
	process.on('disconnect', () => {
		if (process.platform === 'win32') process.exit(1);
		else process.kill(-process.pid, 'SIGKILL');
	});
	process.channel.unref();
}
