/** A parsed script with what rules ask of it: parents, scopes, values, and names as paths. */
import type { CallExpression, Program } from "acorn";
import { keyName, memberName } from "./node-names.ts";
import { isFunction, Scopes, type Variable } from "./scopes.ts";
import { type MemberWrite, Values } from "./values.ts";
import { childrenOf, type FunctionNode, type SourceNode } from "./walk.ts";

/** Other names of the window. */
const windowNames = new Set(["window", "self", "globalThis"]);

export type NodeOf<Type extends SourceNode["type"]> = SourceNode & { type: Type };

/** One call of `PureCloud`, by the action's name as in the contract. */
export interface ActionCall {
	/** `User.updateStatus` */
	action: string;
	call: CallExpression;
	/** The name's node, for its place. */
	name: SourceNode;
}

export class Script {
	readonly source: string;
	readonly program: Program;
	readonly parents: ReadonlyMap<SourceNode, SourceNode>;
	readonly scopes: Scopes;
	readonly values: Values;
	readonly #byType = new Map<string, SourceNode[]>();

	constructor(source: string, program: Program) {
		this.source = source;
		this.program = program;
		const parents = new Map<SourceNode, SourceNode>();
		const nodes: SourceNode[] = [];
		const waiting: SourceNode[] = [program];
		for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
			nodes.push(node);
			// The last is taken first: nearly in order they are sorted in one go.
			for (const child of childrenOf(node).reverse()) {
				parents.set(child, node);
				waiting.push(child);
			}
		}
		nodes.sort((a, b) => a.start - b.start);
		for (const node of nodes) {
			const same = this.#byType.get(node.type);
			if (same) same.push(node);
			else this.#byType.set(node.type, [node]);
		}
		this.parents = parents;
		this.scopes = new Scopes(nodes, parents);
		this.values = new Values(this.scopes, parents, () => this.#memberWrites());
	}

	/** All nodes of a type, in the order of the text. */
	all<Type extends SourceNode["type"]>(type: Type): readonly NodeOf<Type>[] {
		return (this.#byType.get(type) ?? []) as unknown as readonly NodeOf<Type>[];
	}

	/** Every function. */
	functions(): readonly FunctionNode[] {
		return [
			...this.all("FunctionDeclaration"),
			...this.all("FunctionExpression"),
			...this.all("ArrowFunctionExpression"),
		] as FunctionNode[];
	}

	/** The functions around a node, the nearest first. */
	functionsAround(node: SourceNode): FunctionNode[] {
		const around: FunctionNode[] = [];
		for (let at = this.parents.get(node); at !== undefined; at = this.parents.get(at))
			if (isFunction(at)) around.push(at);
		return around;
	}

	/**
	 * A chain of names from the window down, with names of the script replaced by what they stand for: `w.parent` is
	 * `["parent"]` where `w` is the window. Undefined for what is no such chain, or begins at something of the script's own.
	 */
	path(node: SourceNode | null | undefined, depth = 0): string[] | undefined {
		if (!node || depth > 8) return undefined;
		if (node.type === "ChainExpression") return this.path(node.expression, depth + 1);
		if (node.type === "ThisExpression") return this.functionsAround(node).some(hasOwnThis) ? undefined : [];
		if (node.type === "MemberExpression") {
			const name = memberName(node);
			const path = name === undefined || node.object.type === "Super" ? undefined : this.path(node.object, depth + 1);
			if (path === undefined || name === undefined) return undefined;
			return path.length === 0 && windowNames.has(name) ? [] : [...path, name];
		}
		if (node.type === "LogicalExpression" && node.operator !== "&&") return this.path(node.left, depth + 1);
		if (node.type !== "Identifier") return undefined;
		const variable = this.scopes.variableOf(node);
		if (variable === undefined) return windowNames.has(node.name) ? [] : [node.name];
		const only = this.values.only(variable);
		if (only && only !== node && /^(?:Identifier|MemberExpression|ThisExpression|LogicalExpression)$/.test(only.type))
			return this.path(only, depth + 1);
		return variable.isTopLevel && variable.kind === "var" && variable.name === "Framework" ? [node.name] : undefined;
	}

	/** Calls of `PureCloud`'s actions, however it is reached. */
	actionCalls(): ActionCall[] {
		return this.all("CallExpression").flatMap((call) => {
			if (call.callee.type === "Super") return [];
			const [first, ...rest] = this.path(call.callee) ?? [];
			const name = call.callee.type === "MemberExpression" ? call.callee.property : call.callee;
			return first === "PureCloud" && rest.length > 0 ? [{ action: rest.join("."), call, name }] : [];
		});
	}

	/** Whether a property has this name anywhere but at one place: as a key, behind a dot, or as a text. */
	isNamedBeside(name: string, { start }: { start: number }): boolean {
		const members = this.all("MemberExpression").map(({ property }) => property as SourceNode);
		const keys = this.all("Property").map(({ key }) => key as SourceNode);
		const texts = this.all("Literal") as readonly SourceNode[];
		return [...members, ...keys, ...texts].some((node) => node.start !== start && keyName(node) === name);
	}

	/** What a member chain begins at: a variable of the script, or the name of a global. */
	#root(node: SourceNode): { root: Variable | string; path: string[] } | undefined {
		const names: string[] = [];
		let at = node;
		while (at.type === "MemberExpression") {
			const name = memberName(at);
			if (name === undefined) return undefined;
			names.unshift(name);
			at = at.object;
		}
		if (at.type !== "Identifier") {
			return at.type === "ThisExpression" && !this.functionsAround(at).some(hasOwnThis) && names.length > 1
				? { root: names[0] ?? "", path: names.slice(1) }
				: undefined;
		}
		const variable = this.scopes.variableOf(at);
		const meant = variable && this.path(at);
		if (meant) {
			const [root, ...rest] = [...meant, ...names];
			return root === undefined ? undefined : { root, path: rest };
		}
		if (variable && !(variable.name === "Framework" && variable.isTopLevel)) return { root: variable, path: names };
		if (!windowNames.has(at.name)) return { root: at.name, path: names };
		return names.length > 1 ? { root: names[0] ?? "", path: names.slice(1) } : undefined;
	}

	*#memberWrites(): Generator<MemberWrite> {
		for (const node of this.all("AssignmentExpression")) {
			if (node.operator !== "=" || node.left.type !== "MemberExpression") continue;
			const found = this.#root(node.left);
			if (found && found.path.length > 0) yield { ...found, key: node.left.property, right: node.right };
		}
		for (const node of this.all("CallExpression")) {
			const { callee } = node;
			const [into, ...parts] = node.arguments;
			if (callee.type !== "MemberExpression" || memberName(callee) !== "assign" || !into) continue;
			const found = into.type === "SpreadElement" ? undefined : this.#root(into);
			for (const right of found ? parts : [])
				if (found && right.type !== "SpreadElement") yield { ...found, key: node, right };
		}
	}
}

/** Arrow functions have the `this` of what is around them. */
export function hasOwnThis(fn: FunctionNode): boolean {
	return fn.type !== "ArrowFunctionExpression";
}
