// npm run sbom: what ships, as a CycloneDX list on standard output, from the lock file alone and without the network.
//
// npm writes the list (npm sbom). Which part of it ships is decided here: npm's own --omit=dev leaves out whatever any
// workspace names among its devDependencies, even where the server needs it, as ws and pg-protocol.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { fail } from "./setup/step.mjs";
import { workspace } from "./setup.mjs";

/** Workspaces of which nothing runs in production. */
const forTestsOnly = ["e2e", "bench"];
/** Licences as some packages write them, and as SPDX does. */
const misspelt = { "MPL 2.0": "MPL-2.0" };

/**
 * Lists what an installation needs to run: the places, in the lock file, of the workspaces and of everything
 * that their and the root's dependencies lead to, development left out.
 *
 * @param {Record<string, object>} packages the `packages` of a package-lock.json
 * @returns {Set<string>}
 */
export function shippedPlaces(packages) {
	const roots = Object.keys(packages).filter(
		(place) => !place.includes("node_modules/") && !forTestsOnly.includes(place),
	);
	const found = new Set();
	const open = [...roots];
	for (let place = open.pop(); place !== undefined; place = open.pop()) {
		if (found.has(place)) continue;
		found.add(place);
		open.push(...neededBy(packages, place));
	}
	found.delete("");
	return found;
}

function neededBy(packages, place) {
	const {
		dependencies = {},
		optionalDependencies = {},
		peerDependencies = {},
		peerDependenciesMeta = {},
	} = packages[place];
	const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
	const names = [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers];
	return names.flatMap((name) => placeOf(packages, name, place) ?? []);
}

/** Where Node finds a package that is asked for at a place: the nearest node_modules above. A workspace stands for itself. */
function placeOf(packages, name, from) {
	for (let above = from; ; above = above.slice(0, Math.max(0, above.lastIndexOf("/node_modules/")))) {
		const here = `${above === "" ? "" : `${above}/`}node_modules/${name}`;
		if (packages[here]) return packages[here].link ? packages[here].resolved : here;
		if (above === "") return undefined;
		if (!above.includes("/node_modules/")) above = "";
	}
}

/**
 * The part of npm's list that ships, under the product's name, with licences in SPDX's spelling.
 *
 * @param {object} list as npm sbom has made it, of everything
 * @param {{ packages: Record<string, object>, name: string }} lock
 */
export function shippedList(list, { packages, name }) {
	const licences = new Map();
	for (const place of shippedPlaces(packages)) {
		const { version, license, name: own = place.split("node_modules/").at(-1) } = packages[place];
		licences.set(`${own}@${version}`, misspelt[license] ?? license);
	}
	const kept = list.components.filter((component) => licences.has(component["bom-ref"]));
	const root = { ...list.metadata.component, type: "application", name };
	const refs = new Set([root["bom-ref"], ...licences.keys()]);
	return {
		...list,
		metadata: { ...list.metadata, component: root },
		components: kept.map((component) => ({
			...component,
			licenses: component.licenses ?? [{ license: { id: licences.get(component["bom-ref"]) } }],
		})),
		dependencies: list.dependencies
			.filter(({ ref }) => refs.has(ref))
			.map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) })),
	};
}

/** Of this clone. */
export async function sbom() {
	const lock = JSON.parse(readFileSync(join(workspace, "package-lock.json"), "utf8"));
	const args = ["sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--offline"];
	const { stdout } = await promisify(execFile)("npm", args, { cwd: workspace, maxBuffer: 64 * 1024 * 1024 });
	return shippedList(JSON.parse(stdout), lock);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
	sbom().then((list) => process.stdout.write(`${JSON.stringify(list, null, "\t")}\n`), fail);
