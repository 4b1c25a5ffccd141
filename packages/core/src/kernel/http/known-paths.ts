/** What is known of one address: which methods are served there, and which operations the contract has besides. */
interface Place {
	readonly served: Set<string>;
	/** Operation ids of the contract by method. */
	readonly contract: Map<string, string>;
}

interface Node {
	readonly words: Map<string, Node>;
	parameter?: Node;
	/** Of an address that goes on in any way, written `*`. */
	rest?: Place;
	place?: Place;
}

/** The addresses that this server serves or the contract knows, found by a request's path; words win over parameters. */
export class KnownPaths {
	readonly #root: Node = { words: new Map() };

	/** @param path with `:name` or `{name}` for parameters, and `*` at its end for anything that follows */
	serve(method: string, path: string): void {
		const { served } = this.#placeFor(path);
		served.add(method);
		if (method === "GET") served.add("HEAD");
	}

	know(method: string, path: string, operationId: string): void {
		this.#placeFor(path).contract.set(method, operationId);
	}

	/** The place of a request's path, without query; undefined where nothing is known. */
	find(path: string): Place | undefined {
		return search(this.#root, segmentsOf(path), 0);
	}

	/**
	 * Paths that are known by their own words, of which a served template with parameters would take a word for an id:
	 * `/conversations/callbacks` beside `/conversations/:conversationId`. With the method that is not served there.
	 */
	*mistakable(routes: Iterable<{ method: string; path: string }>): Generator<{ method: string; path: string }> {
		const told = new Set<string>();
		for (const { method, path } of routes) {
			if (!path.includes(":")) continue;
			for (const found of covered(this.#root, segmentsOf(path), 0, "", false)) {
				const address = `${method} ${found.path}`;
				if (found.place.served.has(method) || told.has(address)) continue;
				told.add(address);
				yield { method, path: found.path };
			}
		}
	}

	#placeFor(path: string): Place {
		const segments = segmentsOf(path);
		const goesOn = segments.at(-1) === "*";
		let node = this.#root;
		for (const segment of goesOn ? segments.slice(0, -1) : segments)
			node = isParameter(segment) ? parameterOf(node) : wordOf(node, segment);
		const place = (goesOn ? node.rest : node.place) ?? { served: new Set<string>(), contract: new Map() };
		if (goesOn) node.rest = place;
		else node.place = place;
		return place;
	}
}

function segmentsOf(path: string): string[] {
	return path.split("/").slice(1);
}

function isParameter(segment: string): boolean {
	return segment.startsWith(":") || /^\{\w+\}$/.test(segment);
}

function parameterOf(node: Node): Node {
	node.parameter ??= { words: new Map() };
	return node.parameter;
}

function wordOf(node: Node, word: string): Node {
	const found = node.words.get(word) ?? { words: new Map() };
	node.words.set(word, found);
	return found;
}

function search(node: Node, segments: readonly string[], at: number): Place | undefined {
	const segment = segments[at];
	if (segment === undefined) return node.place;
	const word = node.words.get(segment);
	const byWord = word && search(word, segments, at + 1);
	if (byWord) return byWord;
	const byParameter = segment !== "" && node.parameter ? search(node.parameter, segments, at + 1) : undefined;
	return byParameter ?? node.rest;
}

/** Every place that a template covers, where a word stands for at least one of its parameters. */
function* covered(
	node: Node,
	template: readonly string[],
	at: number,
	path: string,
	differs: boolean,
): Generator<{ path: string; place: Place }> {
	const segment = template[at];
	if (segment === undefined) {
		if (differs && node.place) yield { path, place: node.place };
		return;
	}
	const next = (child: Node | undefined, text: string, other: boolean) =>
		child ? covered(child, template, at + 1, `${path}/${text}`, other) : [];
	if (!isParameter(segment)) return yield* next(node.words.get(segment), segment, differs);
	for (const [word, child] of node.words) if (word !== "") yield* next(child, word, true);
	yield* next(node.parameter, `:p${at}`, differs);
}
