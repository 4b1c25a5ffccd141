/**
 * What a token endpoint has said: a token, or a refusal with the `error` of RFC 6749 5.2. Undefined where it has said neither:
 * an answer that broke off, a server in trouble, or the page of somebody in between. That refuses nothing, and whoever takes
 * it for a refusal ends a session that goes on.
 */
export async function readTokenAnswer(answer: Response): Promise<Record<string, unknown> | undefined> {
	if (answer.status >= 500) return undefined;
	const said: unknown = await answer.json().catch(() => undefined);
	if (typeof said !== "object" || said === null) return undefined;
	const { access_token: token, error } = said as Record<string, unknown>;
	const isToken = answer.ok && typeof token === "string";
	const isRefusal = !answer.ok && typeof error === "string";
	return isToken || isRefusal ? { ...said } : undefined;
}
