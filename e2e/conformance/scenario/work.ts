import { randomUUID } from "node:crypto";
import type { Demo } from "../../support/demo.ts";
import type { ConformanceRun } from "../run.ts";
import { StepFailed } from "../run.ts";
import type { People } from "./people.ts";

interface Entity {
	id: string;
}

interface Listing<T> {
	entities: T[];
}

interface PresenceDefinition extends Entity {
	systemPresence: string;
	languageLabels: Record<string, string>;
}

const fresh = (what: string) => `Conformance ${what} ${randomUUID().slice(0, 8)}`;

/** Finds what a listing must hold. */
function found<T>(value: T | undefined, what: string): T {
	if (value === undefined) throw new StepFailed(`no ${what}`);
	return value;
}

/** Channels and their subscriptions. */
export async function notificationSteps(run: ConformanceRun, { agent }: People, demo: Demo): Promise<void> {
	const expand = ["description", "schema"];
	await run.part("topics", () => run.call(agent, "NotificationsApi.getNotificationsAvailabletopics", { expand }));
	await run.part("channel", async () => {
		const channel = await run.call<Entity>(agent, "NotificationsApi.postNotificationsChannels");
		await run.part("channels", () => run.call(agent, "NotificationsApi.getNotificationsChannels"));
		await run.part("check", () => run.call(agent, "NotificationsApi.headNotificationsChannel", channel.id));
		const presence = [{ id: `v2.users.${demo.users.agent.id}.presence` }];
		const several = [{ id: `v2.users.${demo.users.agent.id}?routingStatus&station` }];
		await run.call(agent, "NotificationsApi.postNotificationsChannelSubscriptions", channel.id, presence);
		await run.call(agent, "NotificationsApi.putNotificationsChannelSubscriptions", channel.id, several);
		await run.call(agent, "NotificationsApi.getNotificationsChannelSubscriptions", channel.id);
		await run.call(agent, "NotificationsApi.deleteNotificationsChannelSubscriptions", channel.id);
	});
}

/** Presence definitions, own presence, and the routing status that follows it. */
export async function presenceSteps(run: ConformanceRun, { admin, agent }: People, demo: Demo): Promise<void> {
	const me = demo.users.agent.id;
	await run.part("system presences", () => run.call(agent, "PresenceApi.getSystempresences"));
	await run.part("definition", async () => {
		const wanted = { languageLabels: { en_US: fresh("presence") }, systemPresence: "Away", divisionId: "*" };
		const created = await run.call<PresenceDefinition>(admin, "PresenceApi.postPresenceDefinitions0", wanted);
		await run.call(admin, "PresenceApi.getPresenceDefinition0", created.id);
		const changed = { ...wanted, languageLabels: { en_US: fresh("presence") } };
		await run.call(admin, "PresenceApi.putPresenceDefinition0", created.id, changed);
		await run.call(admin, "PresenceApi.deletePresenceDefinition0", created.id);
	});
	await run.part("definition of the older family", async () => {
		const wanted = { languageLabels: { en_US: fresh("presence") }, systemPresence: "Away" };
		const created = await run.call<PresenceDefinition>(admin, "PresenceApi.postPresencedefinitions", wanted);
		await run.call(admin, "PresenceApi.getPresencedefinition", created.id);
		const changed = { ...wanted, languageLabels: { en_US: fresh("presence") } };
		await run.call(admin, "PresenceApi.putPresencedefinition", created.id, changed);
		await run.call(admin, "PresenceApi.deletePresencedefinition", created.id);
	});
	await run.part("presences of several users", () =>
		run.call(agent, "PresenceApi.getUsersPresencesPurecloudBulk", { id: [me, demo.users.agent2.id] }),
	);
	await run.part("definitions", () => run.call(admin, "PresenceApi.getPresenceDefinitions0"));
	await run.part("own presence", async () => {
		const list = await run.call<Listing<PresenceDefinition>>(agent, "PresenceApi.getPresencedefinitions");
		const definition = (name: RegExp) =>
			found(
				list.entities.find((entry) => name.test(entry.systemPresence)),
				`presence definition ${name}`,
			);
		const available = { presenceDefinition: { id: definition(/^available$/i).id } };
		const onQueue = { presenceDefinition: { id: definition(/^on ?queue$/i).id } };
		await run.part("by source", async () => {
			await run.call(agent, "PresenceApi.patchUserPresence", me, "PURECLOUD", available);
			await run.call(agent, "PresenceApi.getUserPresence", me, "PURECLOUD");
		});
		await run.part("read", () => run.call(agent, "PresenceApi.getUserPresencesPurecloud", me));
		await run.call(agent, "PresenceApi.patchUserPresencesPurecloud", me, onQueue);
		await run.part("routing status", async () => {
			await run.call(agent, "UsersApi.getUserRoutingstatus", me);
			await run.call(agent, "UsersApi.putUserRoutingstatus", me, { userId: me, status: "IDLE" });
		});
		await run.call(agent, "PresenceApi.patchUserPresencesPurecloud", me, available);
	});
}

/** Own queues, joined and left. */
export async function membershipSteps(run: ConformanceRun, { admin, agent }: People, demo: Demo): Promise<void> {
	const me = demo.users.agent.id;
	const queue = demo.queue.id;
	await run.part("own queues", () => run.call(agent, "RoutingApi.getRoutingQueuesMe", { joined: true }));
	await run.part("queues of a user", () => run.call(admin, "RoutingApi.getUserQueues", me));
	await run.part("join one", async () => {
		await run.call(admin, "RoutingApi.patchUserQueue", queue, me, { joined: false });
		await run.call(admin, "RoutingApi.patchUserQueue", queue, me, { joined: true });
	});
	await run.part("join several", () =>
		run.call(admin, "RoutingApi.patchUserQueues", me, [{ id: queue, joined: true }]),
	);
}

/** Queues, their members and wrap-up codes. */
export async function routingSteps(run: ConformanceRun, { admin }: People, demo: Demo): Promise<void> {
	await run.part("queue list", () => run.call(admin, "RoutingApi.getRoutingQueues", { pageSize: 25 }));
	await run.part("queue search", () => run.call(admin, "RoutingApi.getRoutingQueuesDivisionviews"));
	await run.part("codes", () => run.call(admin, "RoutingApi.getRoutingWrapupcodes"));
	await run.part("queue", async () => {
		const wanted = { name: fresh("queue"), description: "Made by the test" };
		const queue = await run.call<Entity>(admin, "RoutingApi.postRoutingQueues", wanted);
		await run.call(admin, "RoutingApi.getRoutingQueue", queue.id);
		await run.call(admin, "RoutingApi.putRoutingQueue", queue.id, { ...wanted, description: "Changed" });
		await run.part("members", async () => {
			const member = demo.users.supervisor.id;
			await run.call(admin, "RoutingApi.postRoutingQueueMembers", queue.id, [{ id: member }]);
			await run.call(admin, "RoutingApi.getRoutingQueueMembers", queue.id, {
				expand: ["routingStatus", "presence"],
			});
			const joined = { id: member, joined: true };
			await run.part("join", () => run.call(admin, "RoutingApi.patchRoutingQueueMember", queue.id, member, joined));
			await run.part("join several", () => run.call(admin, "RoutingApi.patchRoutingQueueMembers", queue.id, [joined]));
			await run.call(admin, "RoutingApi.deleteRoutingQueueMember", queue.id, member);
		});
		await run.part("code", async () => {
			const code = await run.call<Entity>(admin, "RoutingApi.postRoutingWrapupcodes", { name: fresh("code") });
			await run.call(admin, "RoutingApi.getRoutingWrapupcode", code.id);
			await run.call(admin, "RoutingApi.putRoutingWrapupcode", code.id, { name: fresh("code") });
			await run.part("codes of the queue", async () => {
				await run.call(admin, "RoutingApi.postRoutingQueueWrapupcodes", queue.id, [{ id: code.id }]);
				await run.call(admin, "RoutingApi.getRoutingQueueWrapupcodes", queue.id);
				await run.call(admin, "RoutingApi.deleteRoutingQueueWrapupcode", queue.id, code.id);
			});
			await run.call(admin, "RoutingApi.deleteRoutingWrapupcode", code.id);
		});
		await run.part("delete", () => run.call(admin, "RoutingApi.deleteRoutingQueue", queue.id));
	});
}

/** Stations, associated and left by their user and by the administrator; the agent ends up with one. */
export async function stationSteps(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	const { admin, agent, agent2 } = people;
	const me = demo.users.agent.id;
	await run.part("station of the second agent", async () => {
		const webRtcUserId = demo.users.agent2.id;
		const theirs = await run.call<Listing<Entity>>(agent2, "StationsApi.getStations", { webRtcUserId });
		const station = found(theirs.entities[0], "WebRTC station of the second agent").id;
		await run.call(agent2, "UsersApi.putUsersStationsMeAssociatedstationStationId", station);
	});
	await run.part("stations", async () => {
		const mine = await run.call<Listing<Entity>>(agent, "StationsApi.getStations", { webRtcUserId: me });
		const station = found(mine.entities[0], "WebRTC station of the agent").id;
		await run.part("one", () => run.call(agent, "StationsApi.getStation", station));
		await run.part("default", async () => {
			await run.call(admin, "UsersApi.putUserStationDefaultstationStationId", me, station);
			await run.call(admin, "UsersApi.deleteUserStationDefaultstation", me);
		});
		await run.call(admin, "UsersApi.putUserStationAssociatedstationStationId", me, station);
		await run.part("of a user", () => run.call(admin, "UsersApi.getUserStation", me));
		await run.part("leave for a user", () => run.call(admin, "UsersApi.deleteUserStationAssociatedstation", me));
		await run.call(agent, "UsersApi.putUsersStationsMeAssociatedstationStationId", station);
		await run.part("force free", () => run.call(admin, "StationsApi.deleteStationAssociateduser", station));
		await run.call(agent, "UsersApi.putUsersStationsMeAssociatedstationStationId", station);
		await run.part("own", () => run.call(agent, "UsersApi.getUsersStationsMe"));
		await run.part("leave", () => run.call(agent, "UsersApi.deleteUsersStationsMeAssociatedstation"));
		await run.call(agent, "UsersApi.putUsersStationsMeAssociatedstationStationId", station);
	});
}

/** Skills and languages, who has which, and how much people take at a time. */
export async function skillSteps(run: ConformanceRun, { admin }: People, demo: Demo): Promise<void> {
	const me = demo.users.agent.id;
	await run.part("skill", async () => {
		const { id } = await run.call<Entity>(admin, "RoutingApi.postRoutingSkills", { name: fresh("skill") });
		await run.call(admin, "RoutingApi.getRoutingSkills", { pageSize: 25 });
		await run.call(admin, "RoutingApi.getRoutingSkill", id);
		await run.call(admin, "RoutingApi.postUserRoutingskills", me, { id, proficiency: 3 });
		await run.call(admin, "RoutingApi.patchUserRoutingskillsBulk", me, [{ id, proficiency: 4 }]);
		await run.call(admin, "RoutingApi.getUserRoutingskills", me);
		await run.call(admin, "RoutingApi.deleteUserRoutingskill", me, id);
		await run.call(admin, "RoutingApi.putUserRoutingskillsBulk", me, []);
		await run.call(admin, "RoutingApi.deleteRoutingSkill", id);
	});
	await run.part("language", async () => {
		const { id } = await run.call<Entity>(admin, "RoutingApi.postRoutingLanguages", { name: fresh("language") });
		await run.call(admin, "RoutingApi.getRoutingLanguages", { pageSize: 25 });
		await run.call(admin, "RoutingApi.patchUserRoutinglanguagesBulk", me, [{ id, proficiency: 4 }]);
		await run.call(admin, "RoutingApi.getUserRoutinglanguages", me);
		await run.call(admin, "RoutingApi.deleteRoutingLanguage", id);
	});
	await run.part("utilization", async () => {
		const rule = await run.call<{ utilization: object }>(admin, "RoutingApi.getRoutingUtilization");
		await run.call(admin, "RoutingApi.putRoutingUtilization", { utilization: rule.utilization });
		await run.call(admin, "RoutingApi.putRoutingUserUtilization", me, { utilization: rule.utilization });
		await run.call(admin, "RoutingApi.getRoutingUserUtilization", me);
	});
	await run.part("utilization labels", async () => {
		const wanted = { name: fresh("label"), utilization: { maximumCapacity: 2, interruptingLabelIds: [] } };
		const { id } = await run.call<Entity>(admin, "RoutingApi.postRoutingUtilizationLabels", wanted);
		await run.call(admin, "RoutingApi.getRoutingUtilizationLabel", id);
		await run.call(admin, "RoutingApi.getRoutingUtilizationLabels", { name: "Conformance*" });
		await run.call(admin, "RoutingApi.putRoutingUtilizationLabel", id, { name: fresh("label") });
		await run.call(admin, "RoutingApi.getRoutingUtilizationLabelAgents", id);
		await run.call(admin, "RoutingApi.deleteRoutingUtilizationLabel", id, { forceDelete: true });
	});
}
