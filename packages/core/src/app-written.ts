import type { People } from "./app-people.ts";
import type { Work } from "./app-work.ts";
import { createCannedResponses } from "./canned-responses/canned-responses.ts";
import { createCobrowse } from "./cobrowse/cobrowse.ts";
import { createMailing } from "./email/mailing.ts";
import { createOwnMail } from "./email/notice-mail.ts";
import { signatureStore } from "./email/signature-store.ts";
import { namesOfSigners } from "./email/signatures.ts";
import type { Kernel } from "./kernel/domain.ts";
import { createLocations } from "./locations/locations.ts";
import { locationsExpander } from "./locations/routes.ts";
import { createMessaging } from "./messaging/messaging.ts";
import type { ScreenInvitations } from "./screen-share/invitations.ts";
import type { createTranscription } from "./transcription/transcription.ts";
import { createNotices } from "./voicemail/notices.ts";
import { createTranscribing } from "./voicemail/transcribing.ts";

/** What is written, or read by whoever was not there: messages, emails, texts to answer with, notices of voicemails. */
export function createWritten(
	kernel: Kernel,
	{
		people,
		work,
		transcription,
		invitations,
	}: {
		people: People;
		work: Work;
		transcription: Pick<ReturnType<typeof createTranscription>, "transcriber">;
		invitations: ScreenInvitations;
	},
) {
	const messaging = createMessaging(kernel, {
		screens: invitations,
		conversations: work.conversations,
		country: async () => (await people.users.organization.get()).defaultCountryCode,
		organizationId: async () => (await people.users.organization.get()).id,
		namesOf: async (ids) => new Map((await people.users.find([...ids])).map(({ id, name }) => [id, name])),
	});
	work.queues.onRemove(messaging.addresses);
	work.queues.onRemove(work.voicemails.policies.ofQueues);
	people.users.groups.onRemove(work.voicemails.policies.releaseGroup);
	const cobrowse = createCobrowse(kernel, {
		conversations: work.conversations,
		addresses: messaging.addresses,
		addressOf: messaging.web.addressOf,
		wake: messaging.web.wake,
		tokens: people.tokenEnds,
		holderOf: people.holderOf,
	});
	messaging.web.useCobrowse(cobrowse);
	const cannedResponses = createCannedResponses(kernel, {
		holdQueues: work.queues.hold,
		directory: people.authorization,
		organizationId: async () => (await people.users.organization.get()).id,
		stillMay: people.stillMay,
	});
	work.queues.onRemove(cannedResponses.ofQueues);
	const locations = createLocations(kernel, { users: people.users });
	people.users.addExpander("locations", locationsExpander(locations));
	const mailing = createMailing(kernel, {
		conversations: work.conversations,
		organizationId: async () => (await people.users.organization.get()).id,
		nameOf: namesOfSigners(people.users),
	});
	people.users.onEnded(async (trx, userId) => {
		const [user] = await people.users.find([userId], trx);
		// Who is back tomorrow has theirs still.
		if (user?.state !== "inactive") await signatureStore.save(trx, userId, "");
		return async () => {};
	});
	work.queues.onRemove(mailing.places);
	const ownMail = createOwnMail((id) => mailing.places.store.domain(id), mailing.carrier);
	messaging.web.useMail({ ...ownMail, holdSender: mailing.places.holdSender });
	mailing.places.onDomainRemove(messaging.addresses.sendingBy);
	work.voicemails.policies.useSenders(mailing.places.holdSender);
	mailing.places.onDomainRemove(work.voicemails.policies.sendingBy);
	const voicemailNotices = createNotices(kernel, {
		policies: work.voicemails.policies,
		voicemail: (id) => work.voicemails.find(id),
		async emailOf(userId) {
			const [user] = await people.users.find([userId]);
			return user?.state === "active" ? user.email : undefined;
		},
		send: ownMail.send,
	});
	work.voicemails.useNotices(voicemailNotices, ownMail.canSend);
	const voicemailTexts = createTranscribing(kernel, {
		transcriber: transcription.transcriber,
		engineOf: ({ type, id }) => work.transcriptionSettings.ofVoicemail(type === "queue" ? id : undefined),
		readersOf: work.voicemails.readersOf,
	});
	work.voicemails.useTranscribing(voicemailTexts);
	return { messaging, cobrowse, cannedResponses, locations, mailing, voicemailNotices, voicemailTexts };
}

export type Written = ReturnType<typeof createWritten>;
