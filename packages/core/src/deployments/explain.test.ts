import { agentScopes, panelScopes } from "@inlay/contract";
import { expect, it } from "vitest";
import { DeploymentAccess } from "./access.ts";
import { type ExplainedUser, Explanations, type HeldRole } from "./explain.ts";
import { type Deployment, privateTypeId } from "./model.ts";

const user: ExplainedUser = { id: "ann", name: "Ann", state: "active", divisionId: "home" };
const everywhere = { id: "*", name: "*" };
const agentPermission = "integration:customEmbeddableFramework:agent";

interface Situation {
	permissions?: string[];
	script?: string;
	groups?: string[];
	ofUser?: string[];
	state?: string;
	intendedState?: Deployment["intendedState"];
	scriptScopes?: readonly string[];
}

function explain(situation: Situation, roles: readonly HeldRole[] = []) {
	const { permissions = [], script = "window.Framework = { config: {} };", groups = [], ofUser = [] } = situation;
	const deployment = {
		...{ id: "d", typeId: privateTypeId, name: "CRM", notes: "", version: 1, advanced: {}, credentials: {} },
		intendedState: situation.intendedState ?? "ENABLED",
		properties: { frameworkJs: script, groups },
		...{ scriptVersion: 1, createdAt: new Date(), updatedAt: new Date() },
	} satisfies Deployment;
	const access = new DeploymentAccess({
		groupsOf: async () => ofUser,
		groupNames: async (ids) => ids,
	});
	const boot = { signIn: async () => ({ clientId: "c" }) };
	const explanations = new Explanations(
		{ get: async () => deployment, script: () => Promise.reject(new Error("none")) },
		access,
		boot,
		{
			grantsOf: async () => permissions.map((permission) => ({ permission, divisions: "all" as const })),
			groupsOf: async () => ofUser,
			signInWith: async () => ({
				name: "CRM client",
				panelScopes,
				scriptScopes: situation.scriptScopes ?? agentScopes,
			}),
		},
	);
	return explanations.explain("d", { ...user, state: situation.state ?? "active" }, roles, "admin");
}

it("tells by which role, of which group, in which division, and what the panel shows of it", async () => {
	const roles: HeldRole[] = [
		{ role: { id: "r", name: "Agent" }, permissions: ["routing:queue:*"], division: everywhere, isTold: true },
		{
			...{ role: { id: "g", name: "Team" }, permissions: [agentPermission], isTold: true },
			...{ group: { id: "sales", name: "Sales" }, division: { id: "home", name: "Home" } },
		},
		{ role: { id: "h", name: "Hidden" }, permissions: ["voicemail:*:*"], division: everywhere, isTold: false },
	];
	const permissions = ["routing:queue:join", agentPermission, "voicemail:voicemail:receive", "wfm:agentSchedule:view"];
	const found = await explain({ permissions }, roles);
	expect(found).toMatchObject({ obstacles: [], settings: "read", client: { id: "c", name: "CRM client" } });
	const by = new Map(found.features.map((one) => [one.feature, one]));
	expect(by.get("queues")).toMatchObject({
		...{ permitted: true, shown: true },
		rows: [{ place: "menu", sources: [{ role: { name: "Agent" }, division: everywhere }] }],
	});
	expect(by.get("client")?.rows[0]?.sources).toEqual([
		{
			permission: agentPermission,
			...{ role: { id: "g", name: "Team" }, group: { id: "sales", name: "Sales" } },
			division: { id: "home", name: "Home" },
		},
	]);
	// By what one may not see, somebody holds it all the same.
	expect(by.get("voicemails")).toMatchObject({ shown: true, rows: [{ sources: [{ permission: permissions[2] }] }] });
	expect(by.get("voicemails")?.rows[0]?.sources[0]).not.toHaveProperty("role");
	// What the panel does not have yet, no permission brings.
	expect(by.get("scheduling")).toMatchObject({ permitted: true, shown: false });
	expect(by.get("scripts")).toMatchObject({ permitted: false, shown: false });
});

it("tells apart what the panel's own token opens and what a script's does", async () => {
	const all = [agentPermission, "voicemail:voicemail:receive"];
	const found = await explain({ permissions: all, scriptScopes: ["users"] });
	const row = found.features.find(({ feature }) => feature === "voicemails")?.rows[0];
	expect(row).toMatchObject({ panelScope: true, scriptScope: false, shown: true });
});

it("a check of a person promised features in a panel that did not open", async () => {
	const found = await explain({
		...{ permissions: ["routing:queue:join"], groups: ["sales"], state: "inactive", intendedState: "DISABLED" },
	});
	expect(found.obstacles.map(({ code }) => code)).toEqual([
		"user.inactive",
		"deployment.inactive",
		"user.without.permission",
		"user.not.in.group",
	]);
	expect(found.features.some(({ shown }) => shown)).toBe(false);
});

it("tells what the script hides, for the person's groups, and where its text does not say", async () => {
	const settings = `{ ui: { groups: [{ groups: ["Sales"], hide: { menu: ["queueActivation"] } }] } }`;
	const script = `window.Framework = { config: { settings: ${settings} } };`;
	const permissions = [agentPermission, "routing:queue:join"];
	const queues = async (ofUser: string[]) =>
		(await explain({ permissions, script, ofUser })).features.find(({ feature }) => feature === "queues");
	expect(await queues(["Sales"])).toMatchObject({ shown: false, rows: [{ hiddenBy: "ui.menu" }] });
	expect(await queues(["Service"])).toMatchObject({ shown: true });
	const computed = "window.Framework = { config: { settings: make() } };";
	expect(await explain({ permissions, script: computed })).toMatchObject({ settings: "unsure" });
});

it.each([
	["window.Framework = make();", "unsure"],
	["window.Framework = {", "unsure"],
	["", "none"],
] as const)("a script that nobody could read was told as none: %s", async (script, settings) => {
	expect(await explain({ permissions: [agentPermission], script })).toMatchObject({ settings });
});
