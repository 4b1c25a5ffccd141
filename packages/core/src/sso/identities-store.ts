import type { Db, Trx } from "../kernel/database/database.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		user_identities: {
			provider_id: string;
			issuer: string;
			subject: string;
			user_id: string;
			address: string;
			date_created: Date;
			date_last_used: Date;
		};
		user_identity_gains: {
			provider_id: string;
			user_id: string;
			group_id: string;
			role_id: string;
			division_id: string;
		};
		identity_sessions: {
			family_id: string;
			provider_id: string;
			user_id: string;
			id_token: Buffer | null;
			/** What the provider calls the session, and the person; absent of those of before, and where it does not say. */
			sid: string | null;
			subject: string | null;
			expires_at: Date;
		};
		used_assertions: { provider_id: string; id: string; expires_at: Date };
	}
}

/** By what a provider knows one of our users. */
export interface Identity {
	providerId: string;
	issuer: string;
	subject: string;
	userId: string;
	/** As the provider told it last. */
	address: string;
	dateCreated: Date;
	dateLastUsed: Date;
}

/** A group, or a role in a division, that somebody has by a mapping alone; what it is not is empty. */
export interface Gain {
	groupId: string;
	roleId: string;
	divisionId: string;
}

/** Who is known by what, and what they have by it. */
export const identityStore = {
	async find(db: Db, providerId: string, issuer: string, subject: string): Promise<Identity | undefined> {
		const row = await db
			.selectFrom("user_identities")
			.selectAll()
			.where("provider_id", "=", providerId)
			.where("issuer", "=", issuer)
			.where("subject", "=", subject)
			.executeTakeFirst();
		return row && toIdentity(row);
	},
	async ofUser(db: Db, userId: string): Promise<Identity[]> {
		const rows = db.selectFrom("user_identities").selectAll().where("user_id", "=", userId);
		return (await rows.orderBy("date_created").execute()).map(toIdentity);
	},
	/** @returns false where the user is known to the provider by something else already */
	async bind(trx: Trx, identity: Identity): Promise<boolean> {
		const { numInsertedOrUpdatedRows } = await trx
			.insertInto("user_identities")
			.values({
				provider_id: identity.providerId,
				issuer: identity.issuer,
				subject: identity.subject,
				user_id: identity.userId,
				address: identity.address,
				date_created: identity.dateCreated,
				date_last_used: identity.dateLastUsed,
			})
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		return (numInsertedOrUpdatedRows ?? 0n) > 0n;
	},
	/** Of a user who is deleted nothing stays: who they were to providers, what they had by them, how they sign out there. */
	async forgetUser(trx: Trx, userId: string): Promise<void> {
		await trx.deleteFrom("user_identities").where("user_id", "=", userId).execute();
		await trx.deleteFrom("user_identity_gains").where("user_id", "=", userId).execute();
		await trx.deleteFrom("identity_sessions").where("user_id", "=", userId).execute();
	},
	async used(trx: Trx, { providerId, issuer, subject }: Identity, address: string, at: Date): Promise<void> {
		await trx
			.updateTable("user_identities")
			.set({ address, date_last_used: at })
			.where("provider_id", "=", providerId)
			.where("issuer", "=", issuer)
			.where("subject", "=", subject)
			.execute();
	},
	/** @returns whether there was one */
	async unbind(trx: Trx, userId: string, providerId: string): Promise<boolean> {
		const { numDeletedRows } = await trx
			.deleteFrom("user_identities")
			.where("user_id", "=", userId)
			.where("provider_id", "=", providerId)
			.executeTakeFirst();
		return numDeletedRows > 0n;
	},
	/** What others than this provider know them by leads to the account no more. @returns these others */
	async unbindOthers(trx: Trx, userId: string, providerId: string): Promise<string[]> {
		const others = trx.deleteFrom("user_identities").where("user_id", "=", userId);
		const removed = await others.where("provider_id", "<>", providerId).returning("provider_id").execute();
		return [...new Set(removed.map((row) => row.provider_id))];
	},
	async gains(db: Db, providerId: string, userId: string): Promise<Gain[]> {
		const rows = db.selectFrom("user_identity_gains").selectAll().where("provider_id", "=", providerId);
		return (await rows.where("user_id", "=", userId).execute()).map((row) => ({
			groupId: row.group_id,
			roleId: row.role_id,
			divisionId: row.division_id,
		}));
	},
	async setGains(trx: Trx, providerId: string, userId: string, gains: readonly Gain[]): Promise<void> {
		const rows = trx.deleteFrom("user_identity_gains").where("provider_id", "=", providerId);
		await rows.where("user_id", "=", userId).execute();
		if (gains.length === 0) return;
		const kept = gains.map(({ groupId, roleId, divisionId }) => ({
			provider_id: providerId,
			user_id: userId,
			group_id: groupId,
			role_id: roleId,
			division_id: divisionId,
		}));
		await trx.insertInto("user_identity_gains").values(kept).execute();
	},
};

/** Sessions at a provider, by what it calls them, or whose they are. */
interface SessionsAt {
	issuer: string;
	sid?: string;
	subject?: string;
}

/** Sign-ins that came of a provider, by the family of their tokens. */
export const identitySessionStore = {
	/** What is over goes at the same time. */
	async add(
		trx: Trx,
		session: {
			familyId: string;
			providerId: string;
			userId: string;
			idToken: Buffer | null;
			sid?: string | undefined;
			subject?: string | undefined;
			expiresAt: Date;
		},
		now: Date,
	): Promise<void> {
		await trx.deleteFrom("identity_sessions").where("expires_at", "<", now).execute();
		await trx
			.insertInto("identity_sessions")
			.values({
				family_id: session.familyId,
				provider_id: session.providerId,
				user_id: session.userId,
				id_token: session.idToken,
				sid: session.sid ?? null,
				subject: session.subject ?? null,
				expires_at: session.expiresAt,
			})
			.execute();
	},
	/** The user's own that came of this provider. */
	async familiesOf(db: Db, providerId: string, userId: string): Promise<string[]> {
		const own = db.selectFrom("identity_sessions").select("family_id").where("user_id", "=", userId);
		return (await own.where("provider_id", "=", providerId).execute()).map((row) => row.family_id);
	},
	/** Those of one session at the provider, or of a person all; in an order of their own, as others may end them, too. */
	async familiesAt(db: Db, providerId: string, whose: SessionsAt): Promise<string[]> {
		const { issuer, sid, subject } = whose;
		const known = db.selectFrom("user_identities").select("user_id").where("provider_id", "=", providerId);
		const all = db.selectFrom("identity_sessions").select("family_id").where("provider_id", "=", providerId);
		const found = await all
			.where((is) => {
				const own = known.where("issuer", "=", issuer).where("subject", "=", subject ?? "");
				const isTheirs = is.or([
					is("subject", "=", subject ?? ""),
					is.and([is("subject", "is", null), is("user_id", "in", own)]),
				]);
				if (sid === undefined) return isTheirs;
				// Where the provider has not said which session it is, all of the person's are meant.
				const isIt = subject === undefined ? is("sid", "=", sid) : is.or([is("sid", "=", sid), is("sid", "is", null)]);
				return subject === undefined ? isIt : is.and([isIt, isTheirs]);
			})
			.orderBy("family_id")
			.execute();
		return found.map((row) => row.family_id);
	},
	async find(db: Db, familyIds: readonly string[]) {
		if (familyIds.length === 0) return undefined;
		const row = await db
			.selectFrom("identity_sessions")
			.selectAll()
			.where("family_id", "in", familyIds)
			.orderBy("expires_at", "desc")
			.executeTakeFirst();
		return row && { familyId: row.family_id, providerId: row.provider_id, idToken: row.id_token };
	},
};

/** Assertions that have let somebody in, and tokens that have signed somebody out: each does once. */
export const assertionStore = {
	/** @returns false where it was used before */
	async use(trx: Trx, providerId: string, id: string, expiresAt: Date, now: Date): Promise<boolean> {
		await trx.deleteFrom("used_assertions").where("expires_at", "<", now).execute();
		const { numInsertedOrUpdatedRows } = await trx
			.insertInto("used_assertions")
			.values({ provider_id: providerId, id, expires_at: expiresAt })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		return (numInsertedOrUpdatedRows ?? 0n) > 0n;
	},
};

function toIdentity(row: {
	provider_id: string;
	issuer: string;
	subject: string;
	user_id: string;
	address: string;
	date_created: Date;
	date_last_used: Date;
}): Identity {
	return {
		providerId: row.provider_id,
		issuer: row.issuer,
		subject: row.subject,
		userId: row.user_id,
		address: row.address,
		dateCreated: row.date_created,
		dateLastUsed: row.date_last_used,
	};
}
