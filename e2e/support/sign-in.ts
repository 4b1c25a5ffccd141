import { createHash, randomBytes } from "node:crypto";
import type { Demo } from "./demo.ts";

export interface SignInRequest {
	/** Base URL of the login host. */
	baseUrl: string;
	clientId: string;
	/** `token` is the implicit grant; `code` runs with PKCE. */
	grant: "code" | "token";
	redirectUri: string;
	username: string;
	password: string;
}

/** Signs a user in as a browser would: opens the sign-in page, sends its form, takes the token from the redirect. */
export async function signIn(request: SignInRequest): Promise<string> {
	const verifier = randomBytes(48).toString("base64url");
	const returned = await passSignInPage(authorizeUrl(request, verifier), request);
	const answer = new URLSearchParams(request.grant === "token" ? returned.hash.slice(1) : returned.search);
	const failure = answer.get("error");
	if (failure) throw new Error(`Sign-in was refused: ${failure}: ${answer.get("error_description")}`);
	if (request.grant === "token") return required(answer.get("access_token"), "access_token in the redirect's fragment");
	return await redeem(request, required(answer.get("code"), "code in the redirect's query"), verifier);
}

/** A token of the demo's client that works without a user. */
export async function automationToken({ api, clients }: Pick<Demo, "api" | "clients">): Promise<string> {
	const { id, secret } = clients.automation;
	const answer = await fetch(new URL("/oauth/token", api), {
		method: "POST",
		headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
		body: new URLSearchParams({ grant_type: "client_credentials" }),
	});
	const body = (await answer.json()) as { access_token?: string };
	return required(body.access_token, `access_token in the token answer (${answer.status})`);
}

function authorizeUrl(request: SignInRequest, verifier: string): URL {
	const url = new URL("/oauth/authorize", request.baseUrl);
	url.searchParams.set("client_id", request.clientId);
	url.searchParams.set("redirect_uri", request.redirectUri);
	url.searchParams.set("response_type", request.grant);
	if (request.grant === "code") {
		url.searchParams.set("code_challenge", createHash("sha256").update(verifier).digest("base64url"));
		url.searchParams.set("code_challenge_method", "S256");
	}
	return url;
}

async function passSignInPage(url: URL, request: SignInRequest): Promise<URL> {
	const page = await fetch(url, { redirect: "manual" });
	const html = await page.text();
	if (page.status !== 200) throw new Error(`The sign-in page answered ${page.status}: ${html.slice(0, 300)}`);
	const form = readForm(html, url);
	form.fields.set("username", request.username);
	form.fields.set("password", request.password);
	const sent = await fetch(form.action, { method: "POST", body: form.fields, redirect: "manual" });
	const location = sent.headers.get("location");
	if (!location) throw new Error(`The sign-in form answered ${sent.status}: ${(await sent.text()).slice(0, 300)}`);
	return new URL(location, form.action);
}

/** The first form of a page with its prefilled fields. */
function readForm(html: string, page: URL): { action: URL; fields: URLSearchParams } {
	const form = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(html);
	if (!form) throw new Error(`The sign-in page has no form: ${html.slice(0, 300)}`);
	const fields = new URLSearchParams();
	for (const [, input = ""] of (form[2] ?? "").matchAll(/<input\b([^>]*)>/gi)) {
		const name = attribute(input, "name");
		if (name) fields.set(name, attribute(input, "value") ?? "");
	}
	return { action: new URL(attribute(form[1] ?? "", "action") ?? page.href, page), fields };
}

function attribute(tag: string, name: string): string | undefined {
	const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i").exec(tag);
	const value = match?.[1] ?? match?.[2] ?? match?.[3];
	return value
		?.replaceAll("&quot;", '"')
		.replaceAll("&#39;", "'")
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&amp;", "&");
}

async function redeem(request: SignInRequest, code: string, verifier: string): Promise<string> {
	const answer = await fetch(new URL("/oauth/token", request.baseUrl), {
		method: "POST",
		body: new URLSearchParams({
			grant_type: "authorization_code",
			code,
			code_verifier: verifier,
			client_id: request.clientId,
			redirect_uri: request.redirectUri,
		}),
	});
	const body = (await answer.json()) as { access_token?: string };
	return required(body.access_token, `access_token in the token answer (${answer.status})`);
}

function required<T>(value: T | null | undefined, what: string): T {
	if (value === null || value === undefined) throw new Error(`Sign-in gave no ${what}.`);
	return value;
}
