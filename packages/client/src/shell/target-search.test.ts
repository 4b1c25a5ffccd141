import { defaultFrameworkConfig, type SearchTarget } from "@inlay/contract";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { ApiError } from "../session/api.ts";
import type { ChannelState } from "../session/notifications.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { TargetSearch } from "./target-search.ts";
import type { Workspace } from "./workspace.ts";

const contact = {
	type: "external" as const,
	name: "Theo Far",
	phone: [{ number: "+4930555", label: "Cell" }],
	attributes: { crm: "7" },
};

/** The parts of a workspace that a search needs, answering when the test says so. */
function desk(targets: SearchTarget[], permissions = ["directory:user:view", "routing:queue:view"]) {
	const clock = new FakeClock();
	const asked: string[] = [];
	const config = defaultFrameworkConfig();
	config.settings.searchTargets = targets;
	const state = signal<ChannelState>("open");
	let fails = false;
	let phoneless = false;
	const answer = async <T>(what: string, found: T): Promise<T> => {
		asked.push(what);
		if (fails) throw new ApiError(503, {});
		return found;
	};
	const workspace = {
		config: { value: config },
		ui: { queues: <Queue>(given: readonly Queue[]) => given },
		can: (permission: string) => permissions.includes(permission),
		session: {
			...{ clock, channel: { state } },
			directory: {
				people: (text: string) =>
					answer(`people ${text}`, [
						{ id: "u1", name: "Theo Near", presence: "BUSY", isReachable: true },
						...(phoneless ? [{ id: "u2", name: "Theo Gone", presence: "AVAILABLE", isReachable: false }] : []),
					]),
				queues: (text: string) => answer(`queues ${text}`, [{ id: "q1", name: "Theory" }]),
			},
		},
		runtime: {
			searchContacts: async (text: string) => {
				asked.push(`contacts ${text}`);
				return { status: "found", results: [contact] };
			},
		},
	} as unknown as Workspace;
	return {
		clock,
		asked,
		workspace,
		somebodyIsGone: () => {
			phoneless = true;
		},
		state,
		failFromNow: (now = true) => {
			fails = now;
		},
	};
}

it("no queue said how it stands where many were found, as too many were asked of at once", async () => {
	const { workspace, clock } = desk(["queues"], ["routing:queue:view", "analytics:queueObservation:view"]);
	const session = workspace.session as unknown as Record<string, unknown>;
	const many = Array.from({ length: 30 }, (_each, index) => ({ id: `q${index}`, name: `Queue ${index}` }));
	session.directory = { queues: async () => many };
	session.api = {
		get: async (path: string) => {
			const ids = path.split("id=")[1]?.split(",") ?? [];
			if (ids.length > 25) throw new Error("at most 25");
			return { entities: ids.map((id) => ({ id, waiting: 1, free: 2, waitSeconds: null })) };
		},
	};
	const search = new TargetSearch(workspace);
	search.input("queue", false);
	clock.advance(1000);
	await expect.poll(() => search.found.value.length).toBe(10);
	expect(search.found.value.every((one) => one.kind === "queue" && one.state?.waiting === 1)).toBe(true);
});

describe("searching whom to call", () => {
	it("asks every source once typing pauses, and puts people before queues before contacts", async () => {
		const { workspace, clock, asked } = desk(["people", "queues", "frameworkContacts"]);
		const search = new TargetSearch(workspace);
		search.input("th", false);
		search.input("theo", false);
		expect(asked).toEqual([]);
		clock.advance(350);
		await expect.poll(() => search.state.value).toBe("found");
		expect(asked).toEqual(["people theo", "queues theo", "contacts theo"]);
		expect(search.found.value.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
			"person Theo Near",
			"queue Theory",
			"contact Theo Far",
		]);
		expect(search.found.value[2]).toMatchObject({ number: "+4930555", attributes: { crm: "7" } });
	});

	it("offered a colleague whose panel was gone, and the server refused the call: left out, and said so", async () => {
		const { workspace, clock, somebodyIsGone } = desk(["people"]);
		const search = new TargetSearch(workspace);
		const look = async (text: string) => {
			search.input(text, false);
			clock.advance(350);
			await expect.poll(() => search.state.value).toBe("found");
			return search.found.value.map(({ name }) => name);
		};
		expect(await look("theo")).toEqual(["Theo Near"]);
		expect(search.leavesOut.value).toBe(false);
		somebodyIsGone();
		expect(await look("the")).toEqual(["Theo Near"]);
		expect(search.leavesOut.value).toBe(true);
	});

	it("somebody who was offline was nowhere, as if there were nobody of that name", async () => {
		const { workspace, clock } = desk(["people", "queues"]);
		const search = new TargetSearch(workspace, undefined, ({ kind }) => kind !== "person");
		search.input("theo", false);
		clock.advance(350);
		await expect.poll(() => search.state.value).toBe("found");
		expect(search.found.value.map(({ name }) => name)).toEqual(["Theory"]);
		expect(search.leavesOut.value).toBe(true);
	});

	it("looks a number up among contacts only", async () => {
		const { workspace, clock, asked } = desk(["people", "queues", "frameworkContacts"]);
		const search = new TargetSearch(workspace);
		search.input("+4930", true);
		clock.advance(350);
		await expect.poll(() => search.state.value).toBe("found");
		expect(asked).toEqual(["contacts +4930"]);
	});

	it.each([
		["a source that the settings leave out", desk(["queues"]), undefined, ["queues theo"]],
		[
			"a source without its permission",
			desk(["people", "queues"], ["directory:user:view"]),
			undefined,
			["people theo"],
		],
		[
			"a source that is of no use here",
			desk(["people", "queues"]),
			(source: SearchTarget) => source !== "people",
			["queues theo"],
		],
	])("leaves out %s", async (_what, { workspace, clock, asked }, allowed, expected) => {
		const search = new TargetSearch(workspace, allowed);
		search.input("theo", false);
		clock.advance(350);
		await expect.poll(() => search.state.value).toBe("found");
		expect(asked).toEqual(expected);
	});

	it("offers nothing, and searches nothing, where nothing may be searched", () => {
		const { workspace, clock, asked } = desk(["people"], []);
		const search = new TargetSearch(workspace);
		expect(search.offers).toBe(false);
		search.input("theo", false);
		clock.advance(350);
		expect([search.state.value, asked]).toEqual(["off", []]);
	});

	it("shows what one source has found while another fails, and the failure when nothing was found", async () => {
		const { workspace, clock, failFromNow } = desk(["people", "frameworkContacts"]);
		const search = new TargetSearch(workspace);
		failFromNow();
		search.input("theo", false);
		clock.advance(350);
		await expect.poll(() => search.found.value.map(({ kind }) => kind)).toEqual(["contact"]);
		const alone = desk(["people"]);
		const other = new TargetSearch(alone.workspace);
		alone.failFromNow();
		other.input("theo", false);
		alone.clock.advance(350);
		await expect.poll(() => other.state.value).toBe("failed");
	});

	it("a search that had failed once, and was found since, was made again at every later outage", async () => {
		const { workspace, clock, asked, state, failFromNow } = desk(["people"]);
		const search = new TargetSearch(workspace);
		failFromNow();
		search.input("theo", false);
		clock.advance(350);
		await expect.poll(() => search.state.value).toBe("failed");
		failFromNow(false);
		clock.advance(1000);
		await expect.poll(() => search.state.value).toBe("found");
		state.value = "lost";
		state.value = "open";
		clock.advance(60_000);
		expect(asked).toEqual(["people theo", "people theo"]);
	});

	it("shows colleagues while the CRM is still thinking", async () => {
		const { workspace, clock } = desk(["people", "frameworkContacts"]);
		let answer = (_outcome: unknown) => {};
		workspace.runtime.searchContacts = () =>
			new Promise((resolve) => {
				answer = resolve as typeof answer;
			});
		const search = new TargetSearch(workspace);
		search.input("theo", false);
		clock.advance(350);
		await expect.poll(() => search.found.value.map(({ kind }) => kind)).toEqual(["person"]);
		expect(search.state.value).toBe("searching");
		answer({ status: "found", results: [contact] });
		await expect.poll(() => search.state.value).toBe("found");
		expect(search.found.value.map(({ kind }) => kind)).toEqual(["person", "contact"]);
	});

	it("drops the answer to an older search", async () => {
		const { workspace, clock } = desk(["people"]);
		const search = new TargetSearch(workspace);
		search.input("theo", false);
		clock.advance(350);
		search.input("", false);
		await Promise.resolve();
		expect([search.state.value, search.found.value]).toEqual(["off", []]);
	});
});
