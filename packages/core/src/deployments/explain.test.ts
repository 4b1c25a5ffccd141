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
	licenses?: readonly string[];
	/** Version 2, which a group has first. */
	staged?: { source: string; groups: string[] };
	/** Is told the ids of clients that the panel asks for. */
	asked?: (ids: readonly string[]) => void;
}

function explain(situation: Situation, roles: readonly HeldRole[] = []) {
	const { permissions = [], script = "window.Framework = { config: {} };", groups = [], ofUser = [] } = situation;
	const { staged } = situation;
	const deployment = {
		...{
			id: "d",
			typeId: privateTypeId,
			name: "CRM",
			notes: "",
			version: 1,
			revision: 1,
			advanced: {},
			credentials: {},
		},
		intendedState: situation.intendedState ?? "ENABLED",
		properties: { frameworkJs: script, groups },
		...{ scriptVersion: 1, createdAt: new Date(), updatedAt: new Date() },
		...(staged ? { staged: { version: 2, groups: staged.groups } } : {}),
	} satisfies Deployment;
	const access = new DeploymentAccess({
		groupsOf: () => Promise.reject(new Error("asked again for the same groups")),
		groupNames: async (ids) => ids,
		licensesOf: () => Promise.reject(new Error("asked again for the same licenses")),
	});
	const boot = {
		signIn: async ({ clientIds }: { clientIds: string[] }) => {
			situation.asked?.(clientIds);
			return { clientId: "c" };
		},
	};
	let looks = 0;
	const explanations = new Explanations(
		{
			get: async () => deployment,
			script: async (deploymentId, version) => {
				if (!staged || version !== 2) throw new Error("none");
				const { source } = staged;
				return { deploymentId, version, source, sha256: "", uploadedAt: new Date() };
			},
		},
		access,
		boot,
		{
			grantsOf: async () => permissions.map((permission) => ({ permission, divisions: "all" as const })),
			groupsOf: async () => {
				if (looks++ > 0) throw new Error("asked again for the same groups");
				return ofUser.map((name) => ({ id: name.toLowerCase(), name }));
			},
			licensesOf: async () => situation.licenses ?? ["communicate"],
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

it("who is in a group that has another version first is told of that one, and of nobody else's", async () => {
	const hiding = `window.Framework = { config: { settings: { ui: { hide: { menu: ["queueActivation"] } } } } };`;
	const staged = { source: hiding, groups: ["pilots"] };
	const permissions = [agentPermission, "routing:queue:join"];
	const queues = async (ofUser: string[]) =>
		(await explain({ permissions, staged, ofUser })).features.find(({ feature }) => feature === "queues")?.shown;
	expect([await queues(["Pilots"]), await queues(["Sales"])]).toEqual([false, true]);
});

it("the client that Health found to be unknown was told to sign in, as its id stood elsewhere in the script", async () => {
	const [named, elsewhere] = ["0f0f0f0f-0000-4000-8000-000000000001", "0f0f0f0f-0000-4000-8000-000000000002"];
	const script = `const queue = "${elsewhere}"; window.Framework = { config: { clientIds: { "a.example": "${named}" } } };`;
	let asked: readonly string[] = [];
	await explain({
		permissions: [agentPermission],
		script,
		asked: (ids) => {
			asked = ids;
		},
	});
	expect(asked).toEqual([named]);
});

it.each([
	["window.Framework = make();", "unsure"],
	["window.Framework = {", "unsure"],
	["", "none"],
] as const)("a script that nobody could read was told as none: %s", async (script, settings) => {
	expect(await explain({ permissions: [agentPermission], script })).toMatchObject({ settings });
});
