import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { capture } from "./run.mjs";
import { SetupError, step } from "./step.mjs";

/**
 * @typedef {object} DebianBrowser
 * @property {string} name what people call it
 * @property {string} package of Debian; below .inlay/ a folder and a program have its name
 * @property {string} program path of the program itself, without a slash in front
 * @property {string} variable of the environment that names another program
 */

/** Beside the browser: Debian's browsers only recommend fonts, and pages without any show empty boxes. */
const fonts = "fonts-dejavu-core";
const quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"];

/**
 * Installs one of Debian's browsers.
 *
 * @param {DebianBrowser} browser
 * @returns {Promise<string>} the path of the program
 */
export async function installAsRoot(browser) {
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	await step(`Installing ${browser.name} from Debian's packages`, async () => {
		await must(browser, "apt-get", [...quiet, "update"], { env });
		const packages = [browser.package, fonts];
		await must(browser, "apt-get", [...quiet, "install", "-y", "--no-install-recommends", ...packages], { env });
	});
	return `/usr/bin/${browser.package}`;
}

/**
 * Unpacks one of Debian's browsers and whatever of its dependencies the machine lacks into a folder of the workspace; needs no
 * right that an ordinary user does not have.
 *
 * @param {string} workspace
 * @param {DebianBrowser} browser
 * @returns {Promise<string>} the path of a script that runs it
 */
export async function unpackWithoutRoot(workspace, browser) {
	const folder = join(workspace, ".inlay", browser.package);
	const wrapper = join(folder, browser.package);
	if (existsSync(wrapper)) return wrapper;
	await step(`Unpacking ${browser.name} from Debian's packages`, async () => {
		rmSync(folder, { recursive: true, force: true });
		await downloadPackages(folder, browser);
		await unpackPackages(folder, browser);
		writeFontsConfig(folder);
		writeWrapper(folder, wrapper, browser);
	});
	return wrapper;
}

/** apt with lists and archives of its own; what is installed it reads from the system, so that only the rest is fetched. */
async function downloadPackages(folder, browser) {
	for (const name of ["lists/partial", "archives/partial"]) mkdirSync(join(folder, name), { recursive: true });
	const own = [
		...["-o", `Dir::State::Lists=${join(folder, "lists")}`],
		...["-o", `Dir::Cache=${folder}`, "-o", `Dir::Cache::Archives=${join(folder, "archives")}`],
		...["-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=", "-o", "APT::Get::List-Cleanup=0"],
	];
	const bring = ["install", "-y", "--no-install-recommends", "--download-only", browser.package, fonts];
	await must(browser, "apt-get", [...quiet, ...own, "update"]);
	await must(browser, "apt-get", [...quiet, ...own, ...bring]);
}

async function unpackPackages(folder, browser) {
	const unfinished = join(folder, "root.unfinished");
	mkdirSync(unfinished, { recursive: true });
	for (const archive of readdirSync(join(folder, "archives")).filter((name) => name.endsWith(".deb"))) {
		await must(browser, "dpkg-deb", ["-x", join(folder, "archives", archive), unfinished]);
	}
	if (!existsSync(join(unfinished, browser.program))) throw notHad(browser, `apt-get brought no ${browser.package}`);
	renameSync(unfinished, join(folder, "root"));
	for (const name of ["lists", "archives"]) rmSync(join(folder, name), { recursive: true, force: true });
}

function writeFontsConfig(folder) {
	const root = join(folder, "root");
	const lines = [
		'<?xml version="1.0"?>',
		'<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
		"<fontconfig>",
		`<dir>${join(root, "usr", "share", "fonts")}</dir>`,
		"<dir>/usr/share/fonts</dir>",
		`<cachedir>${join(folder, "font-cache")}</cachedir>`,
		"</fontconfig>",
	];
	writeFileSync(join(folder, "fonts.conf"), `${lines.join("\n")}\n`);
}

/** The program itself and not Debian's own start script, which looks for its parts below /usr and /etc. */
function writeWrapper(folder, wrapper, browser) {
	const root = join(folder, "root");
	const libraries = [dirname(join(root, browser.program)), ...libraryFolders(root)].join(":");
	const lines = [
		"#!/bin/sh",
		`export LD_LIBRARY_PATH='${libraries}'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
		`export FONTCONFIG_FILE='${join(folder, "fonts.conf")}'`,
		`export XDG_DATA_DIRS='${join(root, "usr/share")}:/usr/share'`,
		`exec '${join(root, browser.program)}' "$@"`,
	];
	writeFileSync(wrapper, `${lines.join("\n")}\n`, { mode: 0o755 });
}

/** Where Debian puts libraries: /usr/lib/<architecture>, /lib/<architecture>, and folders of single packages below. */
function libraryFolders(root) {
	const folders = ["usr/lib", "lib"].map((name) => join(root, name)).filter((folder) => existsSync(folder));
	const architectures = folders.flatMap((folder) => foldersIn(folder).filter((name) => name.endsWith("-linux-gnu")));
	const withParts = architectures.flatMap((folder) => [folder, ...foldersIn(folder).filter(holdsLibraries)]);
	return withParts;
}

function foldersIn(folder) {
	const entries = readdirSync(folder, { withFileTypes: true });
	return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
}

function holdsLibraries(folder) {
	return readdirSync(folder).some((name) => /\.so(\.|$)/.test(name));
}

async function must(browser, command, args, options) {
	const { code, output } = await capture(command, args, options);
	if (code !== 0) throw notHad(browser, `${command} ${args.at(-1)}: ${output.trim()}`);
}

function notHad({ name, variable }, reason) {
	return new SetupError(
		`${name} for the browser tests could not be had (${reason}). Install it yourself and name its path in ${variable}.`,
	);
}
