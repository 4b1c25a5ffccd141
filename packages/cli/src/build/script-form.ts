/** What a source is: a classic script, which the panel runs as it is (framework-contract 2.7), or a module. */
import { extname } from "node:path";
import { parseSync } from "rolldown/utils";
import { BundleFailed, problemAt } from "./framework-bundle.ts";
import { visit } from "./visit.ts";

export interface ClassicForm {
	lang: "js" | "ts";
	isStrict: boolean;
	/** Names within `with` may mean properties: none of them can be changed. */
	hasWith: boolean;
}

/** A node of any kind, of which only what is asked for is known. */
interface Syntax {
	type: string;
	start?: number;
	name?: string;
	directive?: string;
	operator?: string;
	value?: unknown;
	argument?: Syntax;
	callee?: Syntax;
	arguments?: Syntax[];
	object?: Syntax;
	property?: Syntax;
	left?: Syntax;
	id?: Syntax | null;
	params?: Syntax[];
}

/**
 * Undefined for what has to be bundled: modules, CommonJS, and what cannot be read, whose bundling says why.
 * Throws BundleFailed where a classic script imports a file: it would have to be wrapped, and loses its globals.
 */
export function classicForm(path: string, source: string): ClassicForm | undefined {
	const lang = ({ ".js": "js", ".ts": "ts" } as const)[extname(path)];
	if (lang === undefined) return undefined;
	const { program, module, errors } = parseSync(path, source, { lang, sourceType: "unambiguous" });
	if (module.hasModuleSyntax || errors.length > 0) return undefined;
	const body = program.body as Syntax[];
	if (body.some(({ type }) => /^TS(?:ImportEquals|ExportAssignment)/.test(type))) return undefined;
	const nodes: Syntax[] = [];
	visit(program as Syntax, (node) => nodes.push(node));
	if (isCommonJs(nodes)) return undefined;
	const requests = module.dynamicImports.map(({ moduleRequest }) => moduleRequest);
	const other = requests.find(({ start, end }) => /^["'`](?!\w+:|\/)[^$]*$/.test(source.slice(start, end)));
	if (other) throw new BundleFailed([problemAt(path, source, other.start, importsLater)]);
	return {
		lang,
		isStrict: body.some(({ directive }) => directive === "use strict"),
		hasWith: nodes.some(({ type }) => type === "WithStatement"),
	};
}

const importsLater =
	"A classic script cannot bring a file that it imports later. Import it at the top, or write export {}; there: the script is a module then, whose names are no globals.";

/** Where modules of Node's kind speak of themselves. What asks whether these are there runs in browsers as well. */
function isCommonJs(nodes: readonly Syntax[]): boolean {
	const owned = ["require", "module", "exports"];
	const isOwn = (node: Syntax | null | undefined) => node?.type === "Identifier" && owned.includes(node.name ?? "");
	const asks = nodes.some(
		({ type, operator, argument }) =>
			type === "UnaryExpression" && operator === "typeof" && (isOwn(argument) || argument?.name === "define"),
	);
	const declares = nodes.some(
		({ type, id, params }) => params?.some(isOwn) || (/^(?:Function|VariableDeclarator)/.test(type) && isOwn(id)),
	);
	return !asks && !declares && nodes.some(speaksCommonJs);
}

function speaksCommonJs({ type, callee, arguments: given, object, property, left }: Syntax): boolean {
	if (type === "CallExpression") return callee?.name === "require" && typeof given?.[0]?.value === "string";
	if (type === "MemberExpression") return object?.name === "module" && property?.name === "exports";
	return type === "AssignmentExpression" && left?.type === "MemberExpression" && left.object?.name === "exports";
}

/** Offsets of `this` outside of functions that have one: in a module it is undefined, whatever a classic script would see. */
export function lostThis(path: string, source: string): number[] {
	const lang = /\.[cm]?ts$/.test(path) ? "ts" : /\.[cm]?js$/.test(path) ? "js" : undefined;
	if (lang === undefined || !source.includes("this")) return [];
	const { program, module } = parseSync(path, source, { lang, sourceType: "unambiguous" });
	if (!module.hasModuleSyntax) return [];
	const found: number[] = [];
	visit(program as Syntax, ({ type, start }) => {
		if (type === "ThisExpression") found.push(start ?? 0);
		return !/^(?:FunctionDeclaration|FunctionExpression|ClassBody)$/.test(type);
	});
	return found;
}
