import { createHash, randomBytes } from "node:crypto";

export interface Doors {
	/** Base URL of the server. */
	api: string;
	clientId: string;
	/** Registered with the client; nobody is there. */
	redirectUri: string;
	username: string;
}

/** Signs a demo user in through the sign-in page, by the button that a person presses there. @returns their token */
export async function signIn({ api, clientId, redirectUri, username }: Doors): Promise<string> {
	const verifier = randomBytes(48).toString("base64url");
	const challenge = createHash("sha256").update(verifier).digest("base64url");
	const query = new URLSearchParams({
		client_id: clientId,
		redirect_uri: redirectUri,
		response_type: "code",
		code_challenge: challenge,
		code_challenge_method: "S256",
	});
	const page = await fetch(`${api}/oauth/authorize?${query}`);
	const ticket = /name="ticket" value="([^"]+)"/.exec(await page.text())?.[1];
	if (!ticket) throw new Error(`the sign-in page answered ${page.status}`);
	const sent = await fetch(`${api}/oauth/authorize`, {
		method: "POST",
		body: new URLSearchParams({ ticket, demo: username }),
		redirect: "manual",
	});
	const code = URL.parse(sent.headers.get("location") ?? "")?.searchParams.get("code");
	if (!code) throw new Error(`the sign-in form answered ${sent.status}: a second step, or a refusal`);
	const answer = await fetch(`${api}/oauth/token`, {
		method: "POST",
		body: new URLSearchParams({
			grant_type: "authorization_code",
			code,
			code_verifier: verifier,
			client_id: clientId,
			redirect_uri: redirectUri,
		}),
	});
	const { access_token: token } = (await answer.json()) as { access_token?: string };
	if (!token) throw new Error(`the token endpoint answered ${answer.status}`);
	return token;
}

/** Asks the API as that user. @param path behind `/api/v2` @throws Error what the server answered */
export async function ask<T>(api: string, token: string, method: string, path: string, body?: unknown): Promise<T> {
	const answer = await fetch(`${api}/api/v2${path}`, {
		method,
		headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
	return (text === "" ? undefined : JSON.parse(text)) as T;
}
