import { Resolver as SystemResolver } from "node:dns/promises";
import type { MailboxFacts } from "@inlay/contract/health/facts";
import type { Conversations } from "../conversations/service.ts";
import type { Kernel } from "../kernel/domain.ts";
import { keepShort } from "../kernel/time/pruning.ts";
import type { MailCarrier } from "./carrier.ts";
import { createDkim } from "./dkim.ts";
import { dkimStore } from "./dkim-store.ts";
import { type Resolver, recordsOf } from "./domain-records.ts";
import { ImapDoor } from "./doors/imap-door.ts";
import { smtpCarrier } from "./doors/smtp-carrier.ts";
import { createSmtpDoor } from "./doors/smtp-door.ts";
import { createDrafts } from "./drafts.ts";
import { mailFiles } from "./files.ts";
import { createGoingOn } from "./going-on.ts";
import { Inbound } from "./inbound.ts";
import { mailStore } from "./mail-store.ts";
import { createMailboxes } from "./mailboxes.ts";
import { addressOfRoute, type EmailDomain } from "./model.ts";
import { Outbox } from "./outbox.ts";
import { mailPictures } from "./pictures.ts";
import { createPlaces } from "./places.ts";
import { MailReader } from "./reading/reader.ts";
import { createSignatures, type SignatureDeps } from "./signatures.ts";
import { createSpam } from "./spam.ts";
import { createWriting } from "./writing.ts";

export interface MailingDeps {
	conversations: Conversations;
	organizationId(): Promise<string>;
	/** Of somebody who writes, as customers may read it. */
	nameOf: SignatureDeps["nameOf"];
	/** Who carries mails; the domains' own servers unless told. */
	carrier?: MailCarrier;
	/** Who reads them; a thread of its own unless told. */
	reader?: Pick<MailReader, "read" | "stop">;
	/** Who knows what the world is told of a domain; the system's name servers unless told. */
	resolver?: Resolver;
	/** How often mailboxes are looked into, ms. */
	imapTiming?: ConstructorParameters<typeof ImapDoor>[2];
}

/** Emails to and from customers: domains and addresses, doors, threads, drafts, and what is sent (agent-features 8). */
export function createMailing(kernel: Kernel, deps: MailingDeps) {
	const { conversations } = deps;
	const { db } = kernel.database;
	const places = createPlaces(kernel);
	const files = mailFiles(kernel, deps.organizationId);
	const carrier = deps.carrier ?? smtpCarrier(kernel.outgoing);
	const reader = deps.reader ?? new MailReader();
	const resolver = deps.resolver ?? new SystemResolver({ timeout: 3_000, tries: 2 });
	const outbox = new Outbox(kernel, { conversations, places: places.store, files, carrier });
	const inbound = new Inbound(kernel, { conversations, places: places.store, files, reader, outbox });
	const drafts = createDrafts(kernel, { conversations, places: places.store, files });
	const goingOn = createGoingOn(kernel, { conversations, drafts });
	const signatures = createSignatures(kernel, { nameOf: deps.nameOf });
	const writing = createWriting(kernel, { conversations, places, drafts, goingOn, signatures, outbox });
	const spam = createSpam(kernel, { conversations, places, inbound, files });
	const pictures = mailPictures(kernel, { files, reader, door: kernel.outgoing.strangers() });
	const door = createSmtpDoor(kernel, { routeFor: places.routeFor, take: (taken) => inbound.take(taken) });
	const dkim = createDkim(kernel, { places, resolver });
	const mailboxes = createMailboxes(kernel, places.store);
	const imap = new ImapDoor(
		kernel,
		{ mailboxes: mailboxes.store, route: (id) => places.store.route(id), inbound },
		deps.imapTiming,
	);
	mailboxes.onChange((routeId) => imap.changed(routeId));
	places.onRouteRemoved((routeId) => imap.changed(routeId));
	let endPruning: (() => Promise<void>) | undefined;
	return {
		...{
			places,
			dkim,
			mailboxes,
			drafts,
			goingOn,
			signatures,
			writing,
			spam,
			pictures,
			inbound,
			outbox,
			door,
			imap,
			carrier,
		},
		/** What the world is told of a domain. */
		recordsOf: async ({ id, smtp }: EmailDomain) =>
			recordsOf(id, resolver, smtp?.dkimSelector, await dkimStore.of(db, id)),
		/** How each mailbox stands from which mails are brought, for Health. */
		async mailboxFacts(): Promise<MailboxFacts[]> {
			const [boxes, routes] = await Promise.all([mailboxes.store.all(), places.store.routes()]);
			return boxes.flatMap(({ routeId, server: { host } }) => {
				const route = routes.find(({ id }) => id === routeId);
				const { trouble, troubleSince, isReadOnly } = imap.stateOf(routeId);
				if (!route) return [];
				const since = (troubleSince ?? kernel.clock.now()).toISOString();
				return [
					{
						...{ address: addressOfRoute(route), id: `${route.domain}/${route.id}`, host },
						...(trouble ? { trouble: { detail: trouble, since } } : {}),
						...(isReadOnly ? { isReadOnly } : {}),
					},
				];
			});
		},
		find: (id: string) => mailStore.get(db, id),
		ofConversation: (conversationId: string) => mailStore.ofConversation(db, conversationId),
		threadOf: (threadId: string, limit: number, before?: string) => mailStore.ofThread(db, threadId, limit, before),
		async start(): Promise<void> {
			await outbox.start();
			await inbound.start();
			await door.start();
			await imap.start();
			endPruning ??= keepShort(kernel, {
				...{ what: "emails that were kept aside", firstAfterMs: 100_000, everyMs: 600_000 },
				prune: (signal) => spam.prune(signal),
			});
		},
		async stop(): Promise<void> {
			await endPruning?.();
			endPruning = undefined;
			await imap.stop();
			await door.stop();
			await inbound.stop();
			await outbox.stop();
			await reader.stop();
		},
	};
}

export type Mailing = ReturnType<typeof createMailing>;
