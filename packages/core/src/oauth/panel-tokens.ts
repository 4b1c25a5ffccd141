import { panelClientId, panelScopes } from "@inlay/contract";
import type { Config } from "../kernel/config/config.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { OAuthClient, StoredToken } from "./model.ts";
import { type PanelBinding, postgresPanelBindings } from "./panel-binding-store.ts";
import { invalidGrant, type Redemption } from "./redemption.ts";
import { hashSecret, verifierMatches } from "./secrets.ts";
import { postgresTokenStore } from "./store.ts";
import type { Owner, Tokens } from "./tokens.ts";

const longAgo = new Date(0);

/** The panel's own client (agent-features 0.1-4). It is part of the product: nobody makes, changes or signs in with it. */
export const panelClient: OAuthClient = {
	id: panelClientId,
	name: "Inlay panel",
	description: null,
	grantType: "CODE",
	redirectUris: [],
	secretHash: null,
	secretShownTo: null,
	scopes: [...panelScopes],
	accessTokenValiditySeconds: 172_800,
	state: "active",
	dateCreated: longAgo,
	dateModified: longAgo,
	createdBy: null,
	modifiedBy: null,
	dateToDelete: null,
	version: 1,
	authorization: {
		state: "Authorized",
		scopes: [...panelScopes],
		roleIds: [],
		dateCreated: longAgo,
		dateModified: longAgo,
		createdBy: null,
		modifiedBy: null,
	},
};

/** Whether a sign-in leads to the panel's own page, also by its address from before it had an origin of its own. */
export function isPanelPage(redirectUri: string, { panelUrl, publicUrl }: Pick<Config, "panelUrl" | "publicUrl">) {
	return [panelUrl, publicUrl].some((origin) => redirectUri.startsWith(`${origin}/crm/`));
}

/** A sign-in that has just succeeded, and what its page made a secret of. */
export interface NewBinding {
	client: OAuthClient;
	redirectUri: string;
	owner: Owner & { userId: string };
	/** Empty where the page sent none: nothing can be exchanged then, and the session is the panel's all the same. */
	challenge: string;
}

/** What is sent for a token of the panel's own. */
export interface Exchange {
	/** The token of the client that the deployment signs in with. */
	subjectToken: string;
	/** What the page that began the sign-in has kept. */
	verifier: string;
	ipAddress: string;
}

/**
 * Tokens of the panel's own, in exchange for the deployment's (RFC 8693; decision 33). The subject is a living token of a
 * user whose sign-in led to the panel's page; who asks has what that page made the sign-in's challenge of. What comes of
 * it is of the same family, ends no later, and is exchanged no further.
 */
export function createPanelTokens(
	kernel: Kernel,
	deps: {
		tokens: Tokens;
		findClient: (id: string) => Promise<OAuthClient | undefined>;
		isActive: (userId: string, trx: Trx) => Promise<boolean>;
	},
) {
	const { database, clock, config } = kernel;
	const { tokens, findClient } = deps;

	/** Keeps, as part of the sign-in, by what its page is known. Only the panel's page is bound; other addresses are not. */
	async function bind(trx: Trx, { client, redirectUri, owner, challenge }: NewBinding): Promise<void> {
		if (!isPanelPage(redirectUri, config)) return;
		const { familyId, userId } = owner;
		const expiresAt = new Date(clock.now().getTime() + (await tokens.sessionLifeMs(trx, owner)));
		const binding = { familyId, clientId: client.id, userId, redirectUri, challenge, expiresAt };
		await postgresPanelBindings.add(trx, binding);
	}

	async function exchange({ subjectToken, verifier, ipAddress }: Exchange): Promise<Redemption> {
		const hash = hashSecret(subjectToken);
		const seen = await postgresTokenStore.token(database.db, hash);
		if (!seen?.userId) return refused("none", seen);
		const client = await findClient(seen.clientId);
		const { userId, clientId, familyId } = seen;
		return database.change(async (trx): Promise<Redemption> => {
			// Whoever ends the session at the same moment waits, or is seen here.
			await postgresTokenStore.holdSession(trx, { userId, clientId, familyId });
			const subject = await postgresTokenStore.token(trx, hash);
			const binding = subject && (await postgresPanelBindings.find(trx, familyId));
			const isActive = client?.state === "active" && (await deps.isActive(userId, trx));
			const unfit = unfitSubject({ subject, binding, client: isActive ? client : undefined, verifier }, clock.now());
			if (!subject || unfit) return refused(unfit ?? "none", seen);
			const owner: Owner = { userId, familyId, signedInAt: subject.createdAt, lastUsedAt: subject.lastUsedAt, subject };
			return { issued: await tokens.issueIn(trx, panelClient, owner, ipAddress) };
		});
	}

	return {
		bind,
		exchange,
		/** Whether a session began at the panel's page: its token is handed to scripts. */
		isOfPanel: async (familyId: string) => (await postgresPanelBindings.find(database.db, familyId)) !== undefined,
	};
}

export type PanelTokens = ReturnType<typeof createPanelTokens>;

interface Found {
	subject: StoredToken | undefined;
	binding: PanelBinding | undefined;
	/** Undefined where it is out of use, or its user is. */
	client: OAuthClient | undefined;
	verifier: string;
}

type Unfit = "none" | "exchanged" | "ended" | "not-of-the-panel" | "wrong-proof";

/** Why nothing is given for a token, if so. */
export function unfitSubject({ subject, binding, client, verifier }: Found, now: Date): Unfit | undefined {
	if (!subject || subject.userId === null) return "none";
	if (subject.subjectClientId !== null) return "exchanged";
	if (subject.expiresAt <= now || !client) return "ended";
	const isBound =
		binding !== undefined &&
		binding.familyId === subject.familyId &&
		binding.userId === subject.userId &&
		binding.clientId === subject.clientId &&
		client.redirectUris.includes(binding.redirectUri);
	if (!isBound) return "not-of-the-panel";
	return verifierMatches(verifier, binding.challenge) ? undefined : "wrong-proof";
}

/** Who asks is told the same of all: what was wrong with a token that is not theirs is nobody's business. */
function refused(
	detail: Unfit,
	about: StoredToken | undefined,
): { refusal: ReturnType<typeof invalidGrant>["refusal"] } {
	const text = "This token cannot be exchanged here.";
	const { refusal } = invalidGrant(text, "unfit-subject-token", about?.userId ?? undefined);
	return { refusal: { ...refusal, detail, ...(about ? { clientId: about.clientId } : {}) } };
}
