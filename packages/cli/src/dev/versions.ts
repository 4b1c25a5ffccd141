/** The script as it was saved, again and again: built, numbered, and kept as long as a panel may still ask for it. */
import { basename, dirname, relative, resolve } from "node:path";
import type { FrameworkBundle } from "../build/framework-bundle.ts";
import { BundlePlaces } from "../build/lint-bundle.ts";
import { type BuildFailure, type BuiltScript, buildScript, findingsOf } from "./build-script.ts";
import { type Guarded, guarded } from "./guarded.ts";
import type { VersionPlaces } from "./in-panel/authors-places.ts";
import { versionPlaces } from "./page-names.ts";
import { placeIn } from "./places.ts";
import type { EntryError, ScriptState } from "./protocol.ts";
import { type Reloadable, reloadable } from "./reloadable.ts";
import { WatchedFiles } from "./watch-files.ts";

/** The linter lets a panel go first that loads a version, for as long; milliseconds. */
const lintAfterMs = 1_000;

/** Stacks of this many versions ago can still be read. */
const mostKept = 30;

export interface VersionsParts {
	file: string;
	/** A version can be loaded. @returns whether a panel is there to load it now */
	published(version: number, mayReplace: boolean): boolean;
	/** Something else of {@link Versions.state} has changed: it failed, it lives, or what the linter finds is known. */
	changed(): void;
}

interface Version extends Reloadable {
	bundle: FrameworkBundle | undefined;
	/** Its code with the guards that the server gives a script; undefined where it has none. */
	guards: Guarded | undefined;
	/** Milliseconds since 1970 at which it was saved; 0 for the one that was there already. */
	savedAt: number;
}

export class Versions {
	readonly state: ScriptState;
	readonly #parts: VersionsParts;
	readonly #path: string;
	readonly #kept = new Map<number, Version>();
	readonly #watched = new WatchedFiles((at) => void this.#build(at));
	#isGuarded = true;
	#builds = 0;
	/** Not looked at by the linter yet. */
	#unlinted: BuiltScript | undefined;
	#lintTimer: NodeJS.Timeout | undefined;
	#published = "";

	constructor(parts: VersionsParts) {
		this.#parts = parts;
		this.#path = resolve(parts.file);
		this.state = { file: basename(this.#path), version: 0, findings: [] };
	}

	/**
	 * Builds the first version, and from then on one for each save. Never rejects.
	 *
	 * @param withoutGuards as the deployment has it: what is tried is what it would run
	 */
	async open({ withoutGuards = false } = {}): Promise<void> {
		this.#isGuarded = !withoutGuards;
		await this.#build(0);
	}

	close(): void {
		clearTimeout(this.#lintTimer);
		this.#watched.close();
	}

	/** As a browser gets it; undefined for one that is not kept any more. */
	script(version: number): string | undefined {
		const { code: without, bundle, guards } = this.#kept.get(version) ?? {};
		const code = guards?.code ?? without;
		if (code === undefined) return undefined;
		const map = bundle && { ...bundle.map, mappings: guards?.mappings(bundle.map.mappings) ?? bundle.map.mappings };
		return withMap(`${code}\n;window.${versionPlaces}(${version},${JSON.stringify(this.#placesOf(map))});`, map);
	}

	/** The newest as panels elsewhere get it: nothing but the script, with its source map. */
	get alone(): string {
		return withMap(this.#published, this.#kept.get(this.state.version)?.bundle?.map);
	}

	/** The newest as it was before anything was wrapped around it; empty while there is none. */
	get newest(): string {
		return this.#published;
	}

	/** Whether the newest can take over in a page that has run an older one. */
	get mayReplace(): boolean {
		return this.#kept.get(this.state.version)?.mayReplace ?? true;
	}

	/**
	 * A panel runs it.
	 *
	 * @param isNews it runs in a panel that ran an older one before
	 * @returns milliseconds since it was saved, told once for each version
	 */
	isLive(version: number, isNews: boolean): number | undefined {
		const savedAt = this.#kept.get(version)?.savedAt ?? 0;
		const isFirst = this.state.live !== version;
		this.state.live = version;
		if (isFirst) this.state.liveAfterMs = isNews && savedAt > 0 ? Date.now() - savedAt : undefined;
		this.#parts.changed();
		if (version === this.state.version) setImmediate(() => void this.#lint());
		return isFirst ? this.state.liveAfterMs : undefined;
	}

	/** What a browser says of a failure, with the place where its author finds it. */
	located({ stack, ...error }: EntryError): EntryError {
		const place = placeIn(stack, {
			file: this.state.file,
			folder: dirname(this.#path),
			bundleOf: (version) => this.#kept.get(version)?.bundle,
			columnOf: (version, line, column) => this.#kept.get(version)?.guards?.columnWithout(line, column) ?? column,
		});
		return { ...error, ...(stack === undefined ? {} : { stack }), ...(place ? { place } : {}) };
	}

	/** It could not be read, or it has thrown before it could take over. */
	failed(error: EntryError): void {
		this.state.failure = { ...error, message: error.message.replace(/\.?$/, ".") };
		this.#parts.changed();
	}

	#placesOf(map: FrameworkBundle["map"] | undefined): VersionPlaces {
		if (!map) return { sources: [this.state.file] };
		return { sources: map.sources.map((each) => this.#nameOf(each)), mappings: map.mappings };
	}

	/** As the author calls it in the script's folder. */
	#nameOf(file: string): string {
		return relative(dirname(this.#path), file).replaceAll("\\", "/");
	}

	async #build(savedAt: number): Promise<void> {
		this.#builds += 1;
		const turn = this.#builds;
		const built = await buildScript(this.#path).catch((thrown: unknown) => thrown as BuildFailure);
		// Saved once more meanwhile.
		if (turn !== this.#builds) return;
		this.#watched.follow(built.files ?? [this.#path]);
		if (built instanceof Error)
			return this.failed({ message: built.message, ...(built.place ? { place: built.place } : {}) });
		if (built.code === this.#published && !this.state.failure) return;
		this.#publish(built, savedAt);
	}

	#publish(built: BuiltScript, savedAt: number): void {
		this.#published = built.code;
		this.state.version += 1;
		const { version } = this.state;
		const made = reloadable(built.code);
		const places = built.bundle && new BundlePlaces(built.bundle);
		const guards = this.#isGuarded
			? guarded(made.code, (line, column) => this.#lineOf(places?.of(line, column)) ?? line)
			: undefined;
		this.#kept.set(version, { ...made, bundle: built.bundle, guards, savedAt });
		this.#kept.delete(version - mostKept);
		this.state.failure = undefined;
		this.#unlinted = built;
		clearTimeout(this.#lintTimer);
		const isAwaited = this.#parts.published(version, made.mayReplace);
		this.#lintTimer = setTimeout(() => void this.#lint(), isAwaited ? lintAfterMs : 0);
	}

	/** A guard of a file that is imported names that, too. */
	#lineOf(place: { file: string; line: number } | undefined): number | string | undefined {
		if (place === undefined || place.file === this.#path) return place?.line;
		return `${this.#nameOf(place.file)}:${place.line}`;
	}

	/** Once for each version. */
	async #lint(): Promise<void> {
		const built = this.#unlinted;
		if (!built) return;
		this.#unlinted = undefined;
		clearTimeout(this.#lintTimer);
		const findings = await findingsOf(this.#path, built);
		if (built.code !== this.#published) return;
		this.state.findings = findings;
		this.#parts.changed();
	}
}

function withMap(code: string, map: FrameworkBundle["map"] | undefined): string {
	if (map === undefined) return code;
	const inline = Buffer.from(JSON.stringify(map)).toString("base64");
	return `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}\n`;
}
