import { createAuthorization } from "../../authorization/authorization.ts";
import { communicationOf, isConnected, isStaff } from "../../conversations/model.ts";
import { conversationWorld } from "../../conversations/test-support/world.ts";
import type { FakeClock } from "../../test-support/fake-clock.ts";
import type { User } from "../../users/model.ts";
import { postgresUserStore } from "../../users/store.ts";
import { createUsers } from "../../users/users.ts";
import { createMailing, type MailingDeps } from "../mailing.ts";
import type { RouteSettings } from "../model.ts";
import { readMail } from "../reading/read-mail.ts";
import { UnreadableMail } from "../reading/reader.ts";
import { namesOfSigners } from "../signatures.ts";
import { fakeCarrier } from "./fake-carrier.ts";
import { carol } from "./letter.ts";

/** Reads without a thread of its own. */
const reader = {
	read: (raw: Uint8Array, mailFrom: string) =>
		readMail(raw, mailFrom).catch((error: unknown) => Promise.reject(new UnreadableMail(String(error)))),
	stop: async () => {},
};

/** Mailboxes are asked again at once. */
const imapTiming = { pollMs: 200, waitMs: [20] };

/** As the directory has them: who signs is looked up there. */
function annaAs(id: string): User {
	const email = `${id}@shop.example`;
	const nothing = { department: null, title: null, preferredName: null, managerId: null, dateLastLogin: null };
	const more = { acdAutoAnswer: false, addresses: [], images: [], profile: {}, locations: [], version: 1 };
	const at = new Date();
	return {
		...nothing,
		...more,
		id,
		name: "Anna Agent",
		email,
		username: email,
		state: "active",
		divisionId: "home",
		dateCreated: at,
	};
}

/** Emails on a real database, with a carrier that a test sees. */
export async function mailWorld(others: Pick<MailingDeps, "resolver" | "carrier"> = {}) {
	const world = await conversationWorld();
	const carrier = fakeCarrier();
	const organizationId = async () => "00000000-0000-4000-8000-000000000001";
	const { conversations } = world;
	const users = createUsers(world.kernel, { authorization: createAuthorization(world.kernel) });
	const nameOf = namesOfSigners(users);
	const deps = { conversations, organizationId, nameOf, carrier, reader, imapTiming, ...others };
	const mailing = createMailing(world.kernel, deps);
	const smtp = { host: "127.0.0.1", port: 25, security: "none" } as const;
	await mailing.places.createDomain("shop.example", { smtp });
	let count = 0;

	/** A queue with an address of its own, and an agent who works for it. */
	async function story(
		settings: Partial<Omit<RouteSettings, "languageId">> = {},
		acwSettings?: Parameters<typeof world.queue>[0],
	) {
		const queue = await world.queue(acwSettings);
		const agent = await world.agent(queue.id);
		await world.kernel.database.change((trx) => postgresUserStore.insert(trx, [annaAs(agent)]));
		count += 1;
		const wish = { pattern: `support${count}`, fromName: "Support", queueId: queue.id, settings };
		const route = await mailing.places.createRoute("shop.example", wish);
		return { queue, agent, route, our: `${route.pattern}@shop.example`, by: { userId: agent } };
	}
	type Story = Awaited<ReturnType<typeof story>>;

	async function settled(): Promise<void> {
		for (let round = 0; round < 3; round += 1) {
			await world.kernel.jobs.runDue();
			await mailing.inbound.idle();
			await mailing.outbox.idle();
		}
	}

	async function take(one: Story, raw: string | Buffer, envelope: { from?: string; to?: string } = {}): Promise<void> {
		const rcptTo = envelope.to ?? one.our;
		await mailing.inbound.take({
			mailFrom: envelope.from ?? carol,
			recipients: [{ route: one.route, rcptTo }],
			raw: Buffer.from(raw),
		});
		await settled();
	}

	async function ofQueue(one: Story) {
		return (await world.conversations.live()).filter((found) => found.internal.email?.routeId === one.route.id);
	}

	async function only(one: Story) {
		const [found, another] = await ofQueue(one);
		if (!found || another) throw new Error("There is not exactly one conversation.");
		return found;
	}

	async function answer(one: Story, conversationId: string): Promise<string> {
		const offered = await world.offer(conversationId, one.queue.id, one.agent);
		const own = offered.participants.findLast(isStaff)?.id ?? "";
		await world.conversations.patchParticipant(conversationId, own, { state: "connected" }, one.by);
		return own;
	}

	async function end(one: Story, conversationId: string): Promise<void> {
		const found = await world.conversations.get(conversationId);
		const own = found?.participants.findLast((part) => isStaff(part) && isConnected(part));
		if (!own) throw new Error("Nobody has it in hand.");
		communicationOf(own);
		await world.conversations.patchParticipant(conversationId, own.id, { state: "disconnected" }, one.by);
	}

	return {
		...{ world, mailing, carrier, story, settled, take, ofQueue, only, answer, end },
		advance: (ms: number) => (world.kernel.clock as FakeClock).advance(ms),
		async close() {
			await mailing.stop();
			await world.close();
		},
	};
}
