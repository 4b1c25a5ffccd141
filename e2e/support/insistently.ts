/** The same again until it is answered, as programs and mail servers do. */
export async function insistently<T>(what: () => Promise<T>): Promise<T> {
	for (;;) {
		const answer = await what().catch(() => undefined);
		if (answer !== undefined) return answer;
		await new Promise((done) => setTimeout(done, 100));
	}
}
