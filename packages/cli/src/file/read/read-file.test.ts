import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { diff, type FilePorts } from "../commands.ts";
import { jsonSchema } from "../format/json-schema.ts";
import { wantedThings } from "../plan/wanted.ts";
import { FileRefused, type Problem } from "./problems.ts";
import { readInlayFile } from "./read-file.ts";

const folder = mkdtempSync(join(tmpdir(), "inlay-file-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "framework.js"), "window.Framework = {};");
writeFileSync(join(folder, "broken.js"), "window.Framework = {\n\tconfig: { };\n");
writeFileSync(join(folder, "marked.js"), "\uFEFFwindow.Framework = {};");
writeFileSync(join(folder, "empty.js"), " \n");
writeFileSync(join(folder, "huge.js"), "x".repeat(1_048_577));

async function problemsOf(yaml: string): Promise<readonly Problem[]> {
	const path = join(folder, "inlay.yaml");
	writeFileSync(path, yaml);
	return readInlayFile(path, {}).then(
		() => [],
		(error: unknown) => {
			if (error instanceof FileRefused) return error.problems;
			throw error;
		},
	);
}

it("a file with every section is read", async () => {
	const yaml = `
inlay: 1
divisions: [{ name: Sales }]
skills: [Billing]
languages: [English]
wrapupCodes: [{ name: Solved, description: All is well }]
presenceDefinitions: [{ name: Lunch, systemPresence: Meal, labels: { de: Mittag } }]
roles: [{ name: Helper, permissions: ["routing:queue:*"] }]
clients: [{ name: CRM, grantType: TOKEN, tokenDuration: 64800, scopes: [users], redirectUris: ["https://x.example/"] }]
users: [{ email: a@example.com, name: A, rolesIn: { "*": [Helper] }, skills: { Billing: 3 }, password: { env: SET } }]
groups: [{ name: Agents, members: [a@example.com] }]
queues: [{ name: Support, members: [], mediaSettings: { call: { alertingTimeoutSeconds: 20 } } }]
contactLists: [{ name: List, columns: [cell], phoneColumns: [{ column: cell, type: cell }] }]
campaigns: [{ name: Winter, contactList: List, dialingMode: preview }]
deployments: [{ name: CRM, client: CRM, script: framework.js, groups: [Agents], active: true }]
remove: { queues: [Old] }
`;
	expect(await problemsOf(yaml)).toEqual([]);
});

it.each([
	["inlay: 2", 1, "inlay", "It has to be 1."],
	["skills: []", 1, "", "inlay is missing."],
	["- inlay", 1, "", "It has to be a mapping, not a list."],
	["", 1, "", "It has to be a mapping, not nothing."],
	["inlay: 1\nskill: [a]", 2, "skill", "There is no skill. Is it skills?"],
	["inlay: 1\nskills: [a, a]", 2, "skills[1]", 'two of the name "a": see skills[0]'],
	["inlay: 1\nskills:\n  - ''", 3, "skills[0]", "must not be empty"],
	["inlay: 1\nskills: ['  ']", 2, "skills[0]", "must not be blank"],
	["inlay: 1\nskills: Billing", 2, "skills", "It has to be a list, not a text."],
	["inlay: 1\nskills: [a\nx: 1", 3, "", "Flow sequence"],
	["inlay: 1\ninlay: 1", 2, "", "Map keys must be unique."],
	["inlay: 1\ngroups:\n  - description: x", 3, "groups[0]", "name is missing."],
	["inlay: 1\ngroups:\n  - name: A\n    memebers: []", 4, "groups[0].memebers", "Is it members?"],
	[
		"inlay: 1\ngroups:\n  - name: A\n    members: [ada]",
		4,
		"groups[0].members[0]",
		'"ada" is not what stands here: an e-mail address, such as ada@example.com.',
	],
	["inlay: 1\nclients:\n  - name: A\n    tokenDuration: 299", 4, "clients[0].tokenDuration", "at least 300"],
	["inlay: 1\nclients:\n  - name: A\n    tokenDuration: 172801", 4, "clients[0].tokenDuration", "at most 172800"],
	["inlay: 1\nclients:\n  - name: A\n    tokenDuration: 18h", 4, "clients[0].tokenDuration", "a whole number"],
	[
		"inlay: 1\nclients:\n  - name: A\n    scopes: [user]",
		4,
		"clients[0].scopes[0]",
		"user is none of them. Is it users?",
	],
	["inlay: 1\nclients:\n  - name: A\n    grantType: token", 4, "clients[0].grantType", "Is it TOKEN?"],
	[
		"inlay: 1\nclients:\n  - name: A\n    redirectUris: [crm]",
		4,
		"clients[0].redirectUris[0]",
		'"crm" is not what stands here: a whole address',
	],
	[
		"inlay: 1\nclients:\n  - name: A\n    grantType: CLIENT-CREDENTIALS\n    scopes: [users]",
		5,
		"clients[0].scopes",
		"has roles and no scopes",
	],
	[
		"inlay: 1\nclients:\n  - name: A\n    grantType: CODE\n    roles: [B]",
		5,
		"clients[0].roles",
		"have their own|has their own|their own",
	],
	[
		"inlay: 1\nroles:\n  - name: A\n    permissions: [routing:queue]",
		4,
		"roles[0].permissions[0]",
		"domain:entity:action",
	],
	["inlay: 1\nusers:\n  - email: a@b\n  - email: A@B", 4, "users[1].email", "There are two"],
	["inlay: 1\nusers:\n  - email: a@b\n    skills: { X: 6 }", 4, "users[0].skills.X", "at most 5"],
	["inlay: 1\nusers:\n  - email: a@b\n    skills: { X: 1, x: 2 }", 4, "users[0].skills.x", '"x" is there twice'],
	["inlay: 1\nusers:\n  - email: a@b\n    password: secret", 4, "users[0].password", "It has to be a mapping"],
	["inlay: 1\ndeployments:\n  - name: A\n    script: none.js", 4, "deployments[0].script", "There is no such file"],
	["inlay: 1\ndeployments:\n  - name: A\n    script: broken.js", 4, "deployments[0].script", "is not JavaScript"],
	["inlay: 1\ndeployments:\n  - name: A\n    script: empty.js", 4, "deployments[0].script", "is empty"],
	["inlay: 1\ndeployments:\n  - name: A\n    script: huge.js", 4, "deployments[0].script", "larger than 1 MiB"],
	["inlay: 1\ndeployments:\n  - name: A\n    type: open", 4, "deployments[0].type", "private, public"],
	[
		"inlay: 1\ndeployments:\n  - name: A\n    allowedOrigins: [x]",
		4,
		"deployments[0].allowedOrigins[0]",
		"https://crm",
	],
	["inlay: 1\ndeployments:\n  - name: A\n    active: 'yes'", 4, "deployments[0].active", "true or false"],
	["inlay: 1\nskills: [a]\nremove:\n  skills: [a]", 4, "remove.skills[0]", "is to be and not to be"],
	[
		"inlay: 1\npresenceDefinitions:\n  - name: A\n    labels: { '?': x }",
		4,
		'presenceDefinitions[0].labels["?"]',
		"cannot",
	],
])("a bad file is refused with line and field: %j", async (yaml, line, field, text) => {
	const problems = await problemsOf(yaml);
	expect(problems[0]).toMatchObject({ line, field });
	expect(problems[0]?.text).toMatch(new RegExp(text.replace(/[[\].?"]/g, "\\$&")));
	expect(problems[0]?.column).toBeGreaterThan(0);
});

it("a script that no server takes kept its deployment from being deleted", async () => {
	const path = join(folder, "inlay.yaml");
	for (const script of ["broken.js", "empty.js", "huge.js"]) {
		writeFileSync(path, `inlay: 1\ndeployments:\n  - name: A\n    script: ${script}`);
		await expect(readInlayFile(path, {})).rejects.toBeInstanceOf(FileRefused);
		expect((await readInlayFile(path, {}, false)).scripts.get(script)).toBeDefined();
	}
});

it("a script that is not built yet kept its deployment from being deleted and compared", async () => {
	const [path, other] = [join(folder, "inlay.yaml"), join(folder, "other.yaml")];
	writeFileSync(path, "inlay: 1\ndeployments:\n  - name: A\n    script: dist/none.js");
	await expect(readInlayFile(path, {})).rejects.toBeInstanceOf(FileRefused);
	const read = await readInlayFile(path, {}, false);
	expect(read.unbuilt).toEqual([join(folder, "dist/none.js")]);
	expect(wantedThings(read, "Home")[0]?.values).not.toHaveProperty("script");
	writeFileSync(join(folder, "built.js"), "window.Framework = {};");
	writeFileSync(other, "inlay: 1\ndeployments:\n  - name: A\n    active: true\n    script: built.js");
	const told: string[] = [];
	const ports = { out: told.push.bind(told), err: told.push.bind(told) } as unknown as FilePorts;
	expect(await diff(path, other, {}, { env: {}, ports })).toBe(2);
	expect(told[0]).toContain(`not compared, as there is no such file: ${join(folder, "dist/none.js")}`);
	expect(told[1]).toMatch(/^~ deployment "A"\n {4}active: [^\n]*$/);
});

it("every mistake is named at once, in the order of the file", async () => {
	const yaml = "inlay: 1\ngroups:\n  - name: A\n    x: 1\nclients:\n  - name: B\n    tokenDuration: 1";
	expect((await problemsOf(yaml)).map(({ field }) => field)).toEqual(["groups[0].x", "clients[0].tokenDuration"]);
});

it("names and scripts were looked at once the shape was right, mistake after mistake", async () => {
	const yaml = `inlay: 1
skills: [Billing, Billing]
groups:
  - description: nameless
  - name: A
    members: [ada]
  - name: A
users:
  - { email: a@b.c, password: { env: 1x } }
deployments:
  - { name: CRM, typo: 1, script: none.js }
`;
	const fields = (await problemsOf(yaml)).map(({ field, line }) => `${line} ${field}`);
	expect(fields).toEqual([
		"2 skills[1]",
		"4 groups[0]",
		"6 groups[1].members[0]",
		"7 groups[2].name",
		"9 users[0].password.env",
		"11 deployments[0].typo",
		"11 deployments[0].script",
	]);
	expect((await problemsOf("skills: [a, a]")).map(({ field }) => field)).toEqual(["", "skills[1]"]);
	expect(await problemsOf("- a")).toHaveLength(1);
});

it("the mark that editors on Windows write went into the script, and every plan found it changed", async () => {
	const path = join(folder, "marked.yaml");
	writeFileSync(path, "\uFEFFinlay: 1\ndeployments: [{ name: A, script: marked.js }]\n");
	expect((await readInlayFile(path, {})).scripts.get("marked.js")).toBe("window.Framework = {};");
});

it("a file that is not there is said so", async () => {
	await expect(readInlayFile(join(folder, "none.yaml"), {})).rejects.toThrow(/inlay init/);
});

it("the schema for editors is the one that files are checked by: node scripts/inlay-schema.mjs", async () => {
	const kept = await readFile(new URL("../../../../../docs/inlay.schema.json", import.meta.url), "utf8");
	expect(JSON.parse(kept)).toEqual(jsonSchema());
});

it("an organization to try things in needed a file of its own: what differs comes from the environment", async () => {
	const path = join(folder, "inlay.yaml");
	writeFileSync(
		path,
		`inlay: 1
clients: [{ name: "CRM \${STAGE:-test}", grantType: TOKEN, tokenDuration: "\${SECONDS_OF_TOKEN}", redirectUris: ["https://\${PANEL}/crm/index.html"] }]
deployments: [{ name: CRM, active: "\${IS_ACTIVE:-false}", notes: "$\${PANEL} stays" }]
`,
	);
	const env = { PANEL: "panel.example", SECONDS_OF_TOKEN: "3600" };
	const redirectUris = ["https://panel.example/crm/index.html"];
	expect((await readInlayFile(path, env)).file).toMatchObject({
		clients: [{ name: "CRM test", tokenDuration: 3600, redirectUris }],
		deployments: [{ active: false, notes: `\${PANEL} stays` }],
	});
	const real = (await readInlayFile(path, { ...env, STAGE: "7", IS_ACTIVE: "true" })).file;
	expect([real.clients?.[0]?.name, real.deployments?.[0]?.active]).toEqual(["CRM 7", true]);
});

it("a name that is a year or a word for a switch was refused, and a fraction stayed a text: the place says what it is", async () => {
	const path = join(folder, "typed.yaml");
	writeFileSync(
		path,
		`inlay: "\${FORMAT}"
skills: ["\${STAGE}"]
divisions: [{ name: "\${ON}" }]
users: [{ email: a@b.c, skills: { "2024": "\${HOW_WELL}" } }]
queues: [{ name: "\${STAGE}", mediaSettings: { call: { serviceLevel: { percentage: "\${SHARE}" } } } }]
`,
	);
	const env = { FORMAT: "1", STAGE: "2024", ON: "true", HOW_WELL: "2.5", SHARE: "0.8" };
	expect((await readInlayFile(path, env)).file).toMatchObject({
		skills: ["2024"],
		divisions: [{ name: "true" }],
		users: [{ skills: { "2024": 2.5 } }],
		queues: [{ name: "2024", mediaSettings: { call: { serviceLevel: { percentage: 0.8 } } } }],
	});
	await expect(readInlayFile(path, { ...env, HOW_WELL: "-1" })).rejects.toThrow(/at least 0/);
});

it.each([
	[`skills: [a, '\${NOT_SET}']`, "skills[1]", "The environment does not say what NOT_SET is."],
	[`skills: ['\${ not one }']`, "skills[0]", `A variable is written \${NAME}`],
	[`users: [{ email: a@b, password: { env: '\${SECRET}' } }]`, "users[0].password.env", "the name of a variable alone"],
])("a variable in %s is refused with its place, and told without what it holds", async (line, field, text) => {
	const [problem, ...others] = await problemsOf(`inlay: 1\n${line}`);
	expect([problem?.line, problem?.field, others]).toEqual([2, field, []]);
	expect(problem?.text).toContain(text);
});
