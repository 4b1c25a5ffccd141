/** What the page's server tells it at `/config.json`. @throws when the server does not answer */
export async function loadSettings<T>(): Promise<T> {
	const answer = await fetch("/config.json", { cache: "no-store" });
	if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
	return (await answer.json()) as T;
}
