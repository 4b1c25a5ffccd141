import { randomUUID } from "node:crypto";
import type { Kernel } from "../kernel/domain.ts";
import { Answer } from "../kernel/http/route.ts";
import type { SignInFacts } from "../users/events.ts";
import type { Device } from "../users/sign-in/devices.ts";
import type { Users } from "../users/users.ts";
import { type AuthorizeRequest, errorLocation, locationOf, redirectHeaders } from "./authorize-request.ts";
import type { OAuth } from "./oauth.ts";
import { handOverPage } from "./page/provider-pages.ts";
import type { SignInStrings } from "./page/strings.ts";
import { sessionCookie } from "./session-cookie.ts";
import type { SignInProviders } from "./sign-in-providers.ts";
import type { SignInVisit } from "./sign-in-steps.ts";
import { tokenFields } from "./silent-sign-in.ts";
import { postgresTokenStore } from "./store.ts";
import { type Progress, signInEnd } from "./ticket.ts";

export interface SignInEndParts {
	oauth: OAuth;
	users: Users;
	providers: SignInProviders;
	/** Of a page of ours. */
	headersFor(): Promise<Record<string, string>>;
}

/** How a sign-in ends: the client gets a code or a token, or why it gets nothing (platform-api 1.2, 2.1). */
export function createSignInEnd(kernel: Kernel, { oauth, users, providers, headersFor }: SignInEndParts) {
	const { signIn, refusals } = users.authentication;

	/** Back to the client with a code or a token. 303: what follows the form's POST is a GET. */
	async function goBack(visit: SignInVisit, progress: Progress, device?: Device): Promise<Answer | undefined> {
		const { id, proof } = progress;
		const { client, request, address } = visit;
		const { redirectUri, responseType, challenge } = request;
		const target = { redirectUri, responseType, state: request.state };
		if (responseType === "token" && client.grantType !== "TOKEN") {
			const text = "This client is no longer registered for the implicit grant.";
			await refusals.record({ reason: "wrong-grant", clientId: client.id, userId: proof.userId, address });
			return toClient(visit, errorLocation(target, "unauthorized_client", text));
		}
		const notAuthorized = await oauth.whyNotAuthorized(client, proof.userId);
		if (notAuthorized) {
			await oauth.clients.request(client.id, proof.userId);
			const about = { clientId: client.id, userId: proof.userId, address };
			await refusals.record({ reason: "client-not-authorized", detail: notAuthorized, ...about });
			const text = notAuthorizedTexts[notAuthorized];
			return toClient(visit, errorLocation(target, "access_denied", text));
		}
		const { vouching } = progress;
		const answer = await kernel.database.change(async (trx) => {
			const by = vouching ? { provider: vouching.name } : {};
			const facts = { factors: factorsOf(progress), ...by, address, clientId: client.id };
			if (!(await postgresTokenStore.signedInOnce(trx, id, signInEnd(kernel.clock.now())))) return undefined;
			if (!(await signIn.complete(trx, proof, facts, device))) return undefined;
			const { userId } = proof;
			const owner = { userId, familyId: randomUUID(), signedInAt: kernel.clock.now() };
			const { panelChallenge } = request;
			await oauth.panelTokens.bind(trx, { client, redirectUri, owner, challenge: panelChallenge ?? "" });
			if (vouching) await providers.signedIn(trx, { ...vouching, familyId: owner.familyId, userId });
			const session = await oauth.signInSessions.begin(trx, { client, redirectUri, owner, before: visit.session });
			if (responseType === "token")
				return { session, fields: tokenFields(await oauth.tokens.issueIn(trx, client, owner, address)) };
			const { familyId } = owner;
			const wanted = { client, userId, redirectUri, challenge: challenge ?? null, familyId };
			return { session, fields: { code: await oauth.tokens.issueCode(trx, wanted) } };
		});
		if (!answer) return undefined;
		return toClient(visit, locationOf(target, answer.fields), { cookies: [sessionCookie(answer.session)] });
	}

	/**
	 * Back to the client, with what it gets or why it gets nothing: in this window, or in the frame that has opened it. 303:
	 * what follows a form's POST is a GET.
	 */
	async function toClient(
		{ request: { inWindow }, strings }: { request: Pick<AuthorizeRequest, "inWindow">; strings: SignInStrings },
		location: string,
		{ status = 303, cookies = [] }: { status?: 302 | 303; cookies?: string[] } = {},
	): Promise<Answer> {
		const set: Record<string, string[]> = cookies.length > 0 ? { "set-cookie": cookies } : {};
		if (!inWindow) return new Answer(status, undefined, { ...redirectHeaders(location), ...set });
		return new Answer(200, handOverPage(strings, location), { ...(await headersFor()), ...set });
	}

	return { goBack, toClient };
}

/** Told to the client, whose page shows it (platform-api 2.1, "First use of a client by an org"). */
const notAuthorizedTexts = {
	client:
		"An administrator has to authorize this application first (Authorized applications in the console). They see that you have asked.",
	role: "This application is authorized for holders of certain roles, and you hold none of them. Ask an administrator.",
} as const;

function factorsOf({ demo, secondFactor, vouching }: Progress): SignInFacts["factors"] {
	if (demo) return ["demo"];
	if (vouching) return ["provider"];
	return secondFactor ? ["password", "code"] : ["password"];
}
