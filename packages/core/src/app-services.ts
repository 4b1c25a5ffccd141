import { createAnalytics } from "./analytics/routes.ts";
import { createDelivery } from "./app-delivery.ts";
import { createWorkplaces } from "./app-desks.ts";
import { addExpanders } from "./app-expanders.ts";
import { createHealth } from "./app-health.ts";
import { createHome } from "./app-home.ts";
import { createPeople } from "./app-people.ts";
import { subscriptionPorts } from "./app-subscriptions.ts";
import { createVoice } from "./app-voice.ts";
import { createWork } from "./app-work.ts";
import { createWritten } from "./app-written.ts";
import { createAudit } from "./audit/audit.ts";
import { SelfTests } from "./health/self-tests.ts";
import type { Kernel } from "./kernel/domain.ts";
import { Notifications } from "./notifications/notifications.ts";
import { channelStore } from "./notifications/store.ts";
import { ScreenInvitations } from "./screen-share/invitations.ts";
import { ScreenSharing } from "./screen-share/screen-sharing.ts";
import { outOfOfficeExpander } from "./users/out-of-office-routes.ts";
import { createEntryPoints } from "./voice/webcalls/entry-points.ts";

/** Every service of the server, wired, each domain in a step of its own. Only this file and app-routes.ts know them all. */
export function createServices(kernel: Kernel) {
	const audit = createAudit(kernel);
	const people = createPeople(kernel);
	const work = createWork(kernel, people);
	people.oauth.useCalls(async (userId) => {
		const { acdActive = 0, ownActive = 0 } = (await work.conversations.workOf([userId])).get(userId) ?? {};
		return acdActive + ownActive > 0;
	});
	const notifications = new Notifications(
		kernel,
		channelStore(kernel.database.db),
		subscriptionPorts({ ...people, ...work }),
	);
	const entryPoints = createEntryPoints(kernel, async () => (await people.users.organization.get()).defaultCountryCode);
	work.queues.onRemove(entryPoints);
	people.users.groups.onRemove(entryPoints.refuseGroup);
	people.users.onRemove(entryPoints.refuseUser);
	addExpanders(people.users, work);
	people.users.addExpander("outOfOffice", outOfOfficeExpander(kernel.database));
	const invitations = new ScreenInvitations();
	const voice = createVoice(kernel, { people, work, notifications, invitations });
	const isHeard = (userId: string) => voice.voice.isHeard(userId);
	const workplaces = createWorkplaces(kernel, { people, work, notifications, isHeard });
	const written = createWritten(kernel, { people, work, transcription: voice.transcription, invitations });
	const delivery = createDelivery(kernel, people);
	return {
		home: createHome(kernel, { ...people, ...delivery, notifications }),
		audit,
		analytics: createAnalytics(kernel, work.conversations),
		...people,
		...work,
		...delivery,
		...workplaces,
		...voice,
		...written,
		selfTests: new SelfTests(kernel.clock),
		health: createHealth(kernel, { people, work, delivery, mailing: written.mailing, voice }),
		notifications,
		entryPoints,
		screenSharing: new ScreenSharing(kernel, {
			conversations: work.conversations,
			holderOf: people.holderOf,
			tokens: people.tokenEnds,
			...{ engine: voice.engine, invitations },
		}),
	};
}

export type Services = ReturnType<typeof createServices>;
