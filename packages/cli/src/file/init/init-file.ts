/** `inlay init`: the configuration guide's path as a file, with a script beside it. */

import { existsSync } from "node:fs";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { agentScopes, panelPages, windowPage } from "@inlay/contract";
import { bundleFramework } from "../../build/bundle.ts";
import type { FrameworkKind } from "../../new/kinds.ts";

export interface InitOptions {
	kind: FrameworkKind;
	/** Origin of the panel, as redirect URIs have it. */
	panel: string;
	/** Key of the organization in the script's `clientIds`. */
	region: string;
	/** Origin of the page that embeds the panel. */
	origin: string;
}

const names = { file: "inlay.yaml", script: "framework.js" };

/** @returns the files that were written. @throws Error naming one that is there already: then nothing is written */
export async function initFile(folder: string, options: InitOptions): Promise<string[]> {
	const [file, script] = [join(folder, names.file), join(folder, names.script)];
	for (const path of [file, script])
		if (await isThere(path)) throw new Error(`${path} is there already. It stays as it is; name another folder.`);
	const source = await scriptOf(options);
	await mkdir(folder, { recursive: true });
	await writeFile(script, source, { flag: "wx" });
	await writeFile(file, fileText(schemaFrom(folder), options), { flag: "wx" });
	return [file, script];
}

export async function isThere(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}

/** Beside the packages of a clone, and of the one that was installed; see help/topics.ts. */
const schemaFolders = ["../../../../../docs/", "../../../../../../docs/"];

/** Path of the JSON Schema from a folder on, for editors. */
export function schemaFrom(folder: string): string {
	const files = schemaFolders.map((each) => fileURLToPath(new URL(`${each}inlay.schema.json`, import.meta.url)));
	const there = files.find((file) => existsSync(file)) ?? "inlay.schema.json";
	return relative(resolve(folder), there).replaceAll("\\", "/");
}

/** What `inlay new framework` and `inlay build` make, with places for the file's client. */
async function scriptOf({ kind, region }: InitOptions): Promise<string> {
	const entry = new URL(`../../../templates/${kind}/framework.ts`, import.meta.url);
	const { code } = await bundleFramework(entry, { readable: true });
	const filled = code
		// Where the bundler has it from is of no use here.
		.replace(/^\/\/ \S+\.ts\n/gm, "")
		.replace('"My CRM"', '"{{appName}}"')
		.replace(/clientIds: \{\}/, `clientIds: { ${JSON.stringify(region)}: "{{clientId}}" }`);
	return `// What the panel does in your CRM. inlay apply fills in {{appName}} and {{clientId}} of the client in inlay.yaml.
// inlay lint ${names.script} says what is wrong with it; inlay help scripts what it may do.
${filled}`;
}

function fileText(schema: string, { panel, origin }: InitOptions): string {
	const redirectUris = [...panelPages, windowPage].map((path) => `      - ${panel}${path}`).join("\n");
	const scopes = agentScopes.map((scope) => `      - ${scope}`).join("\n");
	return `# yaml-language-server: $schema=${schema}
#
# What the organization is to have. inlay plan says what would be done, inlay apply does it, and once more does nothing.
# Things are known by their names. What is not written here is left alone, in the organization and in each thing.
inlay: 1

# The OAuth client that the panel signs in with (IT & Integrations > OAuth in the guide).
clients:
  - name: expertflow-dynamics-connector
    description: Signs agents in, in the panel beside the CRM.
    # TOKEN is the guide's Token Implicit Grant (Browser); CODE, with PKCE, is safer and works as well.
    grantType: TOKEN
    # 300 to 172800 seconds. 64800 (18 hours) ends outside an agent's workday.
    tokenDuration: 64800
    # Compared letter by letter.
    redirectUris:
${redirectUris}
    scopes:
${scopes}

# Whoever uses the panel needs Integration > Custom Embeddable Framework > Agent, which the role Agent has.
# users:
#   - email: agent@example.com
#     name: Ann Agent
#     roles: [Agent]
#     password: { env: FIRST_PASSWORD }   # from the environment; of an account that is there already it stays

# Members of this group may use the deployment. Without any group, everybody may.
groups:
  - name: CRM agents
    description: Whoever works with the panel in the CRM.
    # The list is the whole: who is not in it is taken out. Without it, members are left alone.
    # members: [agent@example.com]

# Private Embeddable Framework: at most five. A second CRM gets a client and a deployment of its own.
deployments:
  - name: My CRM
    client: expertflow-dynamics-connector
    script: ${names.script}
    groups: [CRM agents]
    # Pages that may embed the panel. Nobody may until it is said.
    allowedOrigins:
      - ${origin}
    active: true
`;
}
