import { type ColumnType, type Selectable, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { referable } from "../kernel/database/references.ts";
import { seal, unseal } from "../kernel/sealing.ts";
import type { Use } from "../kernel/sight.ts";
import { referredQueues } from "../routing/queue-store.ts";
import { dkimStore, sealedFor } from "./dkim-store.ts";
import type { EmailDomain, EmailRoute, RouteSettings, SmtpServer } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		email_domains: {
			id: string;
			smtp: ColumnType<Omit<SmtpServer, "password"> | null, string | null, string | null>;
			/** The server's password, sealed. */
			secret: Buffer | null;
			version: ColumnType<number, number | undefined, number>;
		};
		email_keys: { purpose: "seal" | "sign"; key: Buffer };
		email_routes: {
			id: string;
			domain: string;
			pattern: string;
			from_name: string;
			queue_id: string;
			settings: ColumnType<RouteSettings, string, string>;
			version: ColumnType<number, number | undefined, number>;
		};
	}
}

type DomainRow = Selectable<Tables["email_domains"]>;
type RouteRow = Selectable<Tables["email_routes"]>;

/** For what names an address of a domain as its sender. */
const referredDomains = referable("email_domains");

/** The organization's domains and addresses, as they are kept. */
export function placesStore(db: Db) {
	const keyOf = async (purpose: "seal" | "sign", on: Db) =>
		(await on.selectFrom("email_keys").select("key").where("purpose", "=", purpose).executeTakeFirstOrThrow()).key;

	/** The key is read once for all of them, and only where there is a secret. */
	async function toDomains(rows: readonly DomainRow[], on: Db): Promise<EmailDomain[]> {
		if (rows.length === 0) return [];
		const ids = rows.map(({ id }) => id);
		const signing = await dkimStore.signing(on, ids);
		const key = signing.size > 0 || rows.some(({ secret }) => secret) ? await keyOf("seal", on) : undefined;
		return rows.map(({ id, version, smtp, secret }) => {
			const password = secret && key ? unseal(key, id, secret) : undefined;
			const { selector = "", secret: sealed } = signing.get(id) ?? {};
			return {
				...{ id, version },
				...(smtp ? { smtp: { ...smtp, ...(password ? { password } : {}) } } : {}),
				...(sealed && key ? { signing: { selector, privateKey: unseal(key, sealedFor(id, selector), sealed) } } : {}),
			};
		});
	}

	return {
		signingKey: (on: Db = db) => keyOf("sign", on),
		sealingKey: (on: Db = db) => keyOf("seal", on),

		async domains(on: Db = db): Promise<EmailDomain[]> {
			return toDomains(await on.selectFrom("email_domains").selectAll().orderBy("id").execute(), on);
		},
		async domain(id: string, on: Db = db): Promise<EmailDomain | undefined> {
			const rows = await on.selectFrom("email_domains").selectAll().where("id", "=", id).execute();
			return (await toDomains(rows, on))[0];
		},
		/** Who makes or changes one waits for whoever does: of two that take one address at once the second finds the first. */
		async lockAll(trx: Trx): Promise<void> {
			await sql`select pg_advisory_xact_lock(hashtextextended('email_places', 0))`.execute(trx);
		},
		async saveDomain(trx: Trx, { id, smtp, version }: EmailDomain): Promise<void> {
			const { password, ...told } = smtp ?? {};
			const secret = password ? seal(await keyOf("seal", trx), id, password) : null;
			const row = { smtp: smtp ? JSON.stringify(told) : null, secret, version };
			await trx
				.insertInto("email_domains")
				.values({ id, ...row })
				.onConflict((conflict) => conflict.column("id").doUpdateSet(row))
				.execute();
		},
		/** It is there, and stays until the change ends. */
		async holdDomain(trx: Trx, id: string): Promise<boolean> {
			return (await referredDomains.hold(trx, [id])).has(id);
		},
		/** Who is about to name it waits, or is found. @returns whether it is there */
		async lockDomain(trx: Trx, id: string): Promise<boolean> {
			const one = trx.selectFrom("email_domains").select("id").where("id", "=", id);
			return (await one.forUpdate().executeTakeFirst()) !== undefined;
		},
		async deleteDomain(trx: Trx, id: string): Promise<void> {
			await trx.deleteFrom("email_domains").where("id", "=", id).execute();
		},

		async routes(on: Db = db): Promise<EmailRoute[]> {
			const all = on.selectFrom("email_routes").selectAll();
			return (await all.orderBy("domain").orderBy("pattern").execute()).map(toRoute);
		},
		async route(id: string, on: Db = db): Promise<EmailRoute | undefined> {
			const row = await on.selectFrom("email_routes").selectAll().where("id", "=", id).executeTakeFirst();
			return row && toRoute(row);
		},
		/** @param address in small letters, without a token */
		async routeAt(address: string, on: Db = db): Promise<EmailRoute | undefined> {
			const at = address.lastIndexOf("@");
			const all = on.selectFrom("email_routes").selectAll().where("pattern", "=", address.slice(0, at));
			const row = await all.where("domain", "=", address.slice(at + 1)).executeTakeFirst();
			return row && toRoute(row);
		},
		/** @returns false where there is no such queue: nothing is kept */
		async saveRoute(trx: Trx, { id, queueId, fromName, settings, ...route }: EmailRoute): Promise<boolean> {
			if (!(await referredQueues.hold(trx, [queueId])).has(queueId)) return false;
			const row = { ...route, queue_id: queueId, from_name: fromName, settings: JSON.stringify(settings) };
			await trx
				.insertInto("email_routes")
				.values({ id, ...row })
				.onConflict((conflict) => conflict.column("id").doUpdateSet(row))
				.execute();
			return true;
		},
		async deleteRoute(trx: Trx, id: string): Promise<void> {
			await trx.deleteFrom("email_routes").where("id", "=", id).execute();
		},
		/** The addresses that a queue answers. */
		async addressesInto(trx: Trx, queueId: string): Promise<Use[]> {
			const into = trx.selectFrom("email_routes").select(["pattern", "domain"]).where("queue_id", "=", queueId);
			const rows = await into.orderBy("domain").orderBy("pattern").execute();
			const seenBy = { permissions: ["routing:email:view", "routing:email:manage"] };
			return rows.map(({ pattern, domain }) => ({ what: `${pattern}@${domain}`, seenBy }));
		},
		async endQueue(trx: Trx, queueId: string): Promise<void> {
			await trx.deleteFrom("email_routes").where("queue_id", "=", queueId).execute();
		},
	};
}

export type PlacesStore = ReturnType<typeof placesStore>;

function toRoute({ queue_id: queueId, from_name: fromName, ...row }: RouteRow): EmailRoute {
	return { ...row, settings: { ...newerSettings(row.settings), ...row.settings }, queueId, fromName };
}

/** Of which addresses of before say nothing: what stood under their mails, such as who is answerable for them, stands there still. */
function newerSettings({ signature = "" }: Partial<RouteSettings>) {
	return { undoSeconds: 5, hasOwnSignatures: signature.trim() === "", signsOnce: false, holdsSpam: false };
}
