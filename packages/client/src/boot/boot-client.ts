import {
	type AccessAnswer,
	type BootAnswer,
	type ChoicesAnswer,
	type PageBoot,
	pageBootId,
	type SigninAnswer,
} from "@inlay/contract";
import { ownFetch } from "../session/own-fetch.ts";
import type { PanelUrl } from "./panel-url.ts";

/** A boot request that did not get its answer; `text` says what a person can do. */
export class BootError extends Error {
	readonly status: number;
	/** The platform's, where the server said one. */
	readonly code: string | undefined;

	constructor(status: number, message: string, code?: string) {
		super(message);
		this.status = status;
		this.code = code;
	}
}

async function getJson<T>(url: URL, headers: Record<string, string> = {}): Promise<T> {
	let answer: Response;
	try {
		answer = await ownFetch(url, { headers: { accept: "application/json", ...headers }, cache: "no-store" });
	} catch {
		throw new BootError(0, `No answer from ${url.host}`);
	}
	// The boot addresses answer problems of a deployment as data, also beside an error status.
	const body = (await answer.json().catch(() => undefined)) as
		| (T & { problem?: unknown; code?: string; message?: string })
		| undefined;
	if (!answer.ok && !body?.problem)
		throw new BootError(answer.status, body?.message ?? `${url.host} answered ${answer.status}`, body?.code);
	if (!body) throw new BootError(answer.status, `${url.host} sent an answer that is not JSON`);
	return body;
}

function bootUrl(panel: PanelUrl, name: string, deployment: string | undefined): URL {
	const url = new URL(`${panel.base}/crm/${name}`);
	if (deployment) url.searchParams.set("deployment", deployment);
	if (panel.again) url.searchParams.set("again", "true");
	return url;
}

/** What came with the page, where it is for this deployment; once, as things change. */
function bootOfPage({ partner, localScript }: PanelUrl, deployment: string | undefined): BootAnswer | undefined {
	const element = document.getElementById(pageBootId);
	element?.remove();
	if (!element || localScript) return undefined;
	const told = JSON.parse(element.textContent ?? "{}") as Partial<PageBoot>;
	return told.deployment === deployment && told.name === partner ? told.answer : undefined;
}

/** `GET /crm/boot.json`, or the page itself: which deployment this address means, and where its script is. */
export async function fetchBoot(panel: PanelUrl, deployment: string | undefined): Promise<BootAnswer> {
	const told = bootOfPage(panel, deployment);
	if (told) return told;
	const url = bootUrl(panel, "boot.json", deployment);
	if (panel.partner) url.searchParams.set("name", panel.partner);
	if (panel.localScript) url.searchParams.set("local", "true");
	return getJson<BootAnswer>(url);
}

/** `GET /crm/signin.json`: which of the script's client ids this server knows for the deployment. */
export function fetchSignin(
	panel: PanelUrl,
	deployment: string | undefined,
	region: string,
	clientIds: readonly string[],
): Promise<SigninAnswer> {
	const url = bootUrl(panel, "signin.json", deployment);
	url.searchParams.set("region", region);
	for (const clientId of clientIds) url.searchParams.append("clientId", clientId);
	return getJson<SigninAnswer>(url);
}

/** `GET /crm/access.json`: whether the signed-in user may use the deployment. */
export function fetchAccess(panel: PanelUrl, deployment: string | undefined, token: string): Promise<AccessAnswer> {
	const url = bootUrl(panel, "access.json", deployment);
	// Looking is no use of the session: only the agent's own doing is.
	url.searchParams.set("preserveIdleTTL", "true");
	return getJson<AccessAnswer>(url, { authorization: `Bearer ${token}` });
}

/** `GET /crm/choices.json`: which deployments an address that names none means for who has signed in. */
export function fetchChoices(panel: PanelUrl, token: string): Promise<ChoicesAnswer> {
	const url = bootUrl(panel, "choices.json", undefined);
	if (panel.localScript) url.searchParams.set("local", "true");
	return getJson<ChoicesAnswer>(url, { authorization: `Bearer ${token}` });
}

/** Whether the API answers, whatever it says to this token; the panel's own origin is another. */
export async function apiAnswers(api: string, token: string): Promise<boolean> {
	const url = `${api}/api/v2/users/me?preserveIdleTTL=true`;
	const answer = await ownFetch(url, { headers: { authorization: `Bearer ${token}` }, cache: "no-store" });
	return answer.status < 500 && answer.status !== 429;
}
