import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../../kernel/database/database.ts";
import type { Principal } from "../../kernel/principal.ts";
import { fileRoutes } from "../../kernel/storage/file-routes.ts";
import { newKey } from "../../kernel/storage/object-store.ts";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { seesEverything } from "../../test-support/sees-everything.ts";
import { testApi, testPrincipal } from "../../test-support/test-api.ts";
import { testKernel } from "../../test-support/test-kernel.ts";
import { greetingRoutes } from "../greeting-routes.ts";
import { createGreetings } from "../greetings.ts";
import type { Owner } from "../model.ts";
import { voicemailPolicyRoutes } from "../policy-routes.ts";
import type { VoicemailPorts } from "../ports.ts";
import { voicemailRoutes } from "../routes.ts";
import { createVoicemails, type NewVoicemail } from "../voicemails.ts";

/** The groups and the queue lie in the tables as well, where listings look. */
async function standIn(db: Db, groups: ReadonlyArray<{ id: string; name: string }>): Promise<void> {
	for (const { id, name } of groups)
		await sql`insert into groups values (${id}, ${name}, null, 'official', 'public', true, false, false, false, null,
			'[]', '[]', 'active', 1, now())`.execute(db);
	await sql`insert into queues (id, name, division_id, settings, created_at, modified_at)
		values ('support', 'Support', 'home', '{}', now(), now())`.execute(db);
}

export type MailboxWorld = Awaited<ReturnType<typeof mailboxWorld>>;

/** Mailboxes on a real database, of Anna and Ben who are in the group Returns, Eva who is not, and an administrator. */
export async function mailboxWorld() {
	const kernel = await testKernel({ clock: new FakeClock() });
	const names = { anna: "Anna", ben: "Ben", eva: "Eva", admin: "Ada" };
	const groups: Record<string, { id: string; name: string }> = {
		returns: { id: "returns", name: "Returns" },
		nobodys: { id: "nobodys", name: "Nobody’s" },
	};
	await standIn(kernel.database.db, Object.values(groups));
	/** Who is no member of the group any more. */
	const left = new Set<string>();
	const receivers = new Set(Object.keys(names));
	const ports: VoicemailPorts = {
		users: async (ids) =>
			ids.flatMap((id) =>
				id in names ? [{ id, name: names[id as "anna"], divisionId: "home", state: "active" }] : [],
			),
		group: async (id) => groups[id],
		membersOf: async (id) => (id === "returns" ? ["anna", "ben"].filter((one) => !left.has(one)) : []),
		groupsOf: async (id) => (id === "anna" || id === "ben" ? ["returns"] : []),
		queue: async (id) => (id === "support" ? { id, name: "Support", divisionId: "home" } : undefined),
		queuesOf: async (id) => (id === "ben" ? [{ id: "support", name: "Support", divisionId: "home" }] : []),
		readersOfQueue: async () => ["ben"],
		isStaffed: async () => true,
		hasInHand: async (userId, conversationId) => userId === "ben" && conversationId === "item",
		mayReceive: async (id) => receivers.has(id),
		presenceOf: async () => "Available",
		organizationId: async () => "org",
	};
	const voicemails = createVoicemails(kernel, ports);
	const principals: Record<string, Principal> = { admin: testPrincipal({ userId: "admin", tokenHash: "admin" }) };
	for (const id of ["anna", "ben", "eva"]) principals[id] = testPrincipal({ userId: id, tokenHash: id, grants: [] });
	const routes = [
		...voicemailRoutes(voicemails),
		...voicemailPolicyRoutes(voicemails, seesEverything),
		...greetingRoutes(createGreetings(kernel, voicemails), voicemails),
		...fileRoutes(kernel.storage, { isGood: async () => true }),
	];
	const api = await testApi(routes, principals);
	return {
		kernel,
		voicemails,
		receivers,
		left,
		principals,
		api,
		call: (as: string, method: string, path: string, body?: object) =>
			api.call(method, path.startsWith("/api") ? path : `/api/v2/voicemail${path}`, { as, ...(body ? { body } : {}) }),

		/** A message of 200 bytes in that mailbox. */
		async leave(owner: Owner, more: Partial<NewVoicemail> = {}, itemId?: string) {
			const key = newKey("org", "voicemail", kernel.clock.now());
			const bytes = Buffer.alloc(200, 7);
			async function* body() {
				yield bytes;
			}
			await kernel.storage.put(key, body(), { type: "audio/wav", size: bytes.length });
			const arrives = await voicemails.arriving({
				id: randomUUID(),
				owner,
				conversationId: randomUUID(),
				callerAddress: "tel:+31201234567",
				callerName: "Clara",
				key,
				bytes: bytes.length,
				durationMs: 8000,
				waveform: [0.5],
				...more,
			});
			return kernel.database.change((trx) => arrives(trx, itemId));
		},

		/** How many messages wait for each of them. */
		async waiting(...userIds: string[]): Promise<number[]> {
			const found = await Promise.all(userIds.map((as) => api.call("GET", "/api/v2/inlay/voicemail/inbox", { as })));
			return found.map((answer) => answer.json().unread);
		},

		async close() {
			await voicemails.purge.idle();
			await api.close();
			await kernel.close();
		},
	};
}
