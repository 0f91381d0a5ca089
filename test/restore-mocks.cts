// Files of tests share their process, so that none may leave a mock behind.
afterEach(() => {
	vi.restoreAllMocks();
});
