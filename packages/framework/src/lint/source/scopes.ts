/** Which variable each name means: function and block scopes of a classic script, as far as rules need them. */
import type { Identifier, Pattern, Program, VariableDeclaration } from "acorn";
import type { FunctionNode, SourceNode } from "./walk.ts";

export interface Variable {
	name: string;
	kind: "var" | "let" | "const" | "function" | "class" | "param" | "catch";
	/** The name where it is declared, the first time. */
	declaredAt: Identifier;
	/** Values that it is given as a whole: initial ones and assignments. `undefined` for values that cannot be seen. */
	values: (SourceNode | undefined)[];
	/** For parameters: whose, and which one. */
	parameter?: { of: FunctionNode; index: number };
	/** Every place that reads or writes it. */
	references: Identifier[];
	isTopLevel: boolean;
}

type Scope = Map<string, Variable>;

const scopeTypes: ReadonlySet<string> = new Set([
	"Program",
	"BlockStatement",
	"ForStatement",
	"ForInStatement",
	"ForOfStatement",
	"SwitchStatement",
	"CatchClause",
	"StaticBlock",
]);

export class Scopes {
	readonly #parents: ReadonlyMap<SourceNode, SourceNode>;
	readonly #scopes = new Map<SourceNode, Scope>();
	readonly #resolved = new Map<SourceNode, Variable>();
	/** Names that no declaration in the script means, with every place that uses them. */
	readonly free = new Map<string, Identifier[]>();

	/** @param nodes all of a script's, the outer ones before those within */
	constructor(nodes: readonly SourceNode[], parents: ReadonlyMap<SourceNode, SourceNode>) {
		this.#parents = parents;
		for (const node of nodes) if (opensScope(node)) this.#scopes.set(node, new Map());
		for (const node of nodes) this.#declare(node);
		for (const node of nodes)
			if (node.type === "Identifier" && isReference(node, this.#parents.get(node))) this.#resolve(node);
		for (const node of nodes) this.#noteValue(node);
	}

	/** The variable that a name means; undefined for globals of others. */
	variableOf(node: SourceNode): Variable | undefined {
		return this.#resolved.get(node);
	}

	/** All variables that are declared at the script's top. */
	topLevel(program: Program): Scope {
		return this.#scopes.get(program) ?? new Map();
	}

	#declare(node: SourceNode): void {
		if (node.type === "VariableDeclaration") this.#declareVariables(node);
		else if (isFunction(node)) {
			if (node.type === "FunctionDeclaration" && node.id)
				this.#add(node.id, "function", this.#around(node, true), node);
			if (node.type === "FunctionExpression" && node.id) this.#add(node.id, "function", this.#scopes.get(node), node);
			node.params.forEach((param, index) => {
				const whole = param.type === "Identifier";
				for (const name of namesIn(param)) {
					const variable = this.#add(name, "param", this.#scopes.get(node), undefined);
					if (variable && whole) variable.parameter = { of: node, index };
				}
			});
		} else if (node.type === "ClassDeclaration" && node.id) {
			this.#add(node.id, "class", this.#around(node, false), node);
		} else if (node.type === "CatchClause" && node.param) {
			for (const name of namesIn(node.param)) this.#add(name, "catch", this.#scopes.get(node), undefined);
		}
	}

	#declareVariables(node: VariableDeclaration): void {
		const kind = node.kind === "var" ? "var" : node.kind === "let" ? "let" : "const";
		const scope = this.#around(node, kind === "var");
		const isLoop = /^For(In|Of)/.test(this.#parents.get(node)?.type ?? "");
		for (const { id, init } of node.declarations) {
			const whole = id.type === "Identifier" && !isLoop;
			for (const name of namesIn(id)) {
				const variable = this.#add(name, kind, scope, whole ? (init ?? null) : undefined);
				this.#resolved.set(name, variable as Variable);
			}
		}
	}

	/** @param value `null`: none yet, `undefined`: one that cannot be seen */
	#add(name: Identifier, kind: Variable["kind"], scope: Scope | undefined, value: SourceNode | null | undefined) {
		if (scope === undefined) return undefined;
		const known = scope.get(name.name);
		const isTopLevel = scope === this.#scopes.values().next().value;
		const variable: Variable = known ?? {
			name: name.name,
			kind,
			declaredAt: name,
			values: [],
			references: [],
			isTopLevel,
		};
		if (value !== null && !variable.values.includes(value)) variable.values.push(value);
		if (kind === "param") variable.values = [];
		scope.set(name.name, variable);
		this.#resolved.set(name, variable);
		return variable;
	}

	#around(node: SourceNode, functionOnly: boolean): Scope | undefined {
		for (let at = this.#parents.get(node); at !== undefined; at = this.#parents.get(at)) {
			const scope = this.#scopes.get(at);
			if (scope !== undefined && (!functionOnly || isFunction(at) || at.type === "Program")) return scope;
		}
		return this.#scopes.get(node);
	}

	#resolve(name: Identifier): void {
		const declared = this.#resolved.get(name);
		for (let at: SourceNode | undefined = name; at !== undefined && !declared; at = this.#parents.get(at)) {
			const variable = this.#scopes.get(at)?.get(name.name);
			if (variable === undefined) continue;
			variable.references.push(name);
			this.#resolved.set(name, variable);
			return;
		}
		if (declared) return;
		const uses = this.free.get(name.name) ?? [];
		uses.push(name);
		this.free.set(name.name, uses);
	}

	#noteValue(node: SourceNode): void {
		if (node.type === "AssignmentExpression") {
			if (node.left.type === "Identifier") {
				this.#resolved.get(node.left)?.values.push(node.operator === "=" ? node.right : undefined);
			} else if (node.left.type !== "MemberExpression") {
				for (const name of namesIn(node.left)) this.#resolved.get(name)?.values.push(undefined);
			}
		} else if (node.type === "UpdateExpression" && node.argument.type === "Identifier") {
			this.#resolved.get(node.argument)?.values.push(undefined);
		} else if ((node.type === "ForInStatement" || node.type === "ForOfStatement") && node.left.type === "Identifier") {
			this.#resolved.get(node.left)?.values.push(undefined);
		}
	}
}

/** `function`, arrow or method. */
export function isFunction(node: SourceNode | null | undefined): node is FunctionNode {
	return (
		node?.type === "FunctionDeclaration" ||
		node?.type === "FunctionExpression" ||
		node?.type === "ArrowFunctionExpression"
	);
}

/** The names that a pattern binds. */
export function namesIn(pattern: Pattern): Identifier[] {
	switch (pattern.type) {
		case "Identifier":
			return [pattern];
		case "ObjectPattern":
			return pattern.properties.flatMap((each) => namesIn(each.type === "RestElement" ? each.argument : each.value));
		case "ArrayPattern":
			return pattern.elements.flatMap((each) => (each ? namesIn(each) : []));
		case "RestElement":
			return namesIn(pattern.argument);
		case "AssignmentPattern":
			return namesIn(pattern.left);
		default:
			return [];
	}
}

function opensScope(node: SourceNode): boolean {
	return isFunction(node) || scopeTypes.has(node.type);
}

/** Not a property's name, a label, or the like. */
function isReference(node: Identifier, parent: SourceNode | undefined): boolean {
	switch (parent?.type) {
		case "MemberExpression":
			return parent.object === node || parent.computed;
		case "Property":
		case "MethodDefinition":
		case "PropertyDefinition":
			return parent.value === node || parent.computed;
		case "LabeledStatement":
		case "BreakStatement":
		case "ContinueStatement":
		case "MetaProperty":
			return false;
		default:
			return true;
	}
}
