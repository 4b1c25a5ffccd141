/** Values as far as they can be known without running the script. */
import type { CallExpression, Class, NewExpression, ObjectExpression } from "acorn";
import { keyName, memberName, onlyReturn } from "./node-names.ts";
import { isFunction, type Scopes, type Variable } from "./scopes.ts";
import { emptyObject, isPlain, negated, type ObjectValue, part, unknown, type Value } from "./value.ts";
import { type FunctionNode, type SourceNode, visit } from "./walk.ts";
import { wrappedParameter } from "./wrappers.ts";

/** Deeper than any configuration. */
const DEEPEST = 14;
/** More than any script asks for that is not made to; what is beyond is unknown. */
const MOST_WORK = 1_000_000;
/** An object that is built of its own parts stays as deep as this. */
const MOST_OWN_PARTS = 500;

/** `a.b.c = value` by what is assigned to: the root's variable or global name, and the path. */
export interface MemberWrite {
	root: Variable | string;
	path: string[];
	key: SourceNode;
	right: SourceNode;
}

export class Values {
	readonly #scopes: Scopes;
	readonly #parents: ReadonlyMap<SourceNode, SourceNode>;
	readonly #writes: () => Iterable<MemberWrite>;
	#byRoot: Map<Variable | string, MemberWrite[]> | undefined;
	/** What was read to the end, and with how many steps left: the same name stands in many places. */
	readonly #read = new Map<SourceNode | Variable, { depth: number; value: Value }>();
	/** Objects whose later members are being added: what is added may name them (`app.frame = { config: app.config }`). */
	readonly #growing = new Map<Variable | string, ObjectValue>();
	/** How often one of those was asked for a member: what comes of it is not all that there is. */
	#ownParts = 0;
	#work = 0;

	/** @param writes assignments to members, and what `Object.assign` adds; asked once, when values are known */
	constructor(scopes: Scopes, parents: ReadonlyMap<SourceNode, SourceNode>, writes: () => Iterable<MemberWrite>) {
		this.#scopes = scopes;
		this.#parents = parents;
		this.#writes = writes;
	}

	/** What a node stands for. */
	of(node: SourceNode, depth = 0): Value {
		if (depth > DEEPEST) return unknown(node);
		return this.#once(node, depth, () => this.#valueOf(node, depth + 1)) ?? unknown(node);
	}

	/** Reads once for all places, as long as nothing half done went into it; undefined beyond all reason. */
	#once<Read extends Value>(about: SourceNode | Variable, depth: number, read: () => Read): Read | undefined {
		const known = this.#read.get(about);
		if (known && known.depth <= depth) return known.value as Read;
		this.#work += 1;
		if (this.#work > MOST_WORK) return undefined;
		const before = this.#ownParts;
		const value = read();
		if (this.#ownParts === before) this.#read.set(about, { depth, value });
		return value;
	}

	#valueOf(node: SourceNode, next: number): Value {
		switch (node.type) {
			case "Literal":
				return isPlain(node.value) ? { kind: "plain", value: node.value, node } : unknown(node);
			case "TemplateLiteral":
				return this.#template(node, next);
			case "ObjectExpression":
				return this.#object(node, next);
			case "ArrayExpression":
				return { kind: "array", items: node.elements.map((each) => this.#item(each, node, next)), node };
			case "FunctionExpression":
			case "FunctionDeclaration":
			case "ArrowFunctionExpression":
				return { kind: "function", fn: node, node };
			case "Identifier":
				return this.#named(node, next);
			case "MemberExpression":
				return this.#member(node, next);
			case "UnaryExpression":
				return negated(node.operator, this.of(node.argument, next), node);
			case "BinaryExpression":
				return this.#joined(node, next);
			case "AssignmentExpression":
				return node.operator === "=" ? this.of(node.right, next) : unknown(node);
			case "SequenceExpression":
				return this.of(node.expressions.at(-1) as SourceNode, next);
			case "CallExpression":
				return this.#called(node, next);
			case "NewExpression":
				return this.#made(node, next);
			default:
				return unknown(node);
		}
	}

	/** The text that a node certainly is. */
	text(node: SourceNode | null | undefined): string | undefined {
		const value = node ? this.of(node) : undefined;
		return value?.kind === "plain" && typeof value.value === "string" ? value.value : undefined;
	}

	/** The function that a node certainly is, also bound. */
	functionOf(node: SourceNode | null | undefined): FunctionNode | undefined {
		const value = node ? this.of(node) : undefined;
		return value?.kind === "function" ? value.fn : undefined;
	}

	/** The one value that a variable has all the time; undefined when there are several, or none that can be seen. */
	only(variable: Variable): SourceNode | undefined {
		if (variable.parameter) return variable.values.length === 0 ? this.#argumentFor(variable.parameter) : undefined;
		return variable.values.length === 1 ? variable.values[0] : undefined;
	}

	/** Adds what the script assigns to members of a root later on. */
	withWrites(value: ObjectValue, root: Variable | string, depth = 0): ObjectValue {
		const writes = this.#writesTo(root);
		if (writes.length === 0) return value;
		const grown: ObjectValue = { ...value, entries: new Map(value.entries) };
		const outer = this.#growing.get(root);
		this.#growing.set(root, grown);
		for (const write of writes) this.#grow(grown, write.path, write, depth);
		if (outer) this.#growing.set(root, outer);
		else this.#growing.delete(root);
		return grown;
	}

	#writesTo(root: Variable | string): readonly MemberWrite[] {
		if (this.#byRoot === undefined) {
			this.#byRoot = new Map();
			for (const write of this.#writes()) this.#byRoot.set(write.root, appended(this.#byRoot.get(write.root), write));
		}
		return this.#byRoot.get(root) ?? [];
	}

	#grow(into: ObjectValue, [name, ...rest]: string[], write: MemberWrite, depth: number): void {
		if (name === undefined) {
			const added = this.of(write.right, depth + 1);
			if (added.kind !== "object") into.open = true;
			else for (const entry of added.entries.values()) into.entries.set(entry.name, entry);
			return;
		}
		const before = into.entries.get(name);
		const isSpread = rest.length === 0 && write.key.type === "CallExpression";
		if (rest.length === 0 && !isSpread) {
			into.entries.set(name, { name, key: write.key, value: this.of(write.right, depth + 1) });
			return;
		}
		if (before?.value.kind !== "object") return;
		const inner = { ...before.value, entries: new Map(before.value.entries) };
		this.#grow(inner, rest, write, depth);
		into.entries.set(name, { ...before, value: inner });
	}

	#item(each: SourceNode | null, list: SourceNode, depth: number): Value {
		return each === null || each.type === "SpreadElement" ? unknown(each ?? list) : this.of(each, depth);
	}

	#template(node: SourceNode & { type: "TemplateLiteral" }, depth: number): Value {
		const parts = node.expressions.map((each) => this.of(each, depth));
		if (!parts.every((part) => part.kind === "plain")) return unknown(node);
		const text = node.quasis.map(({ value }, at) => `${value.cooked ?? ""}${part(parts[at])}`).join("");
		return { kind: "plain", value: text, node };
	}

	#joined(node: SourceNode & { type: "BinaryExpression" }, depth: number): Value {
		if (node.operator !== "+" || node.left.type === "PrivateIdentifier") return unknown(node);
		const [left, right] = [this.of(node.left, depth), this.of(node.right, depth)];
		if (left.kind !== "plain" || right.kind !== "plain") return unknown(node);
		const isText = typeof left.value === "string" || typeof right.value === "string";
		return isText ? { kind: "plain", value: `${left.value}${right.value}`, node } : unknown(node);
	}

	#object(node: ObjectExpression, depth: number): ObjectValue {
		const made = emptyObject(node);
		for (const property of node.properties) {
			if (property.type === "SpreadElement") {
				const inner = this.of(property.argument, depth);
				if (inner.kind !== "object") made.open = true;
				else for (const entry of inner.entries.values()) made.entries.set(entry.name, entry);
				continue;
			}
			const name = property.computed ? this.text(property.key) : keyName(property.key);
			if (name === undefined) {
				made.open = true;
				continue;
			}
			const before = made.entries.get(name);
			if (before && property.kind === "init") made.overwritten.push(before);
			const value = property.kind === "init" ? this.of(property.value, depth) : unknown(property.value);
			made.entries.set(name, { name, key: property.key, value });
		}
		return made;
	}

	#named(node: SourceNode & { type: "Identifier" }, depth: number): Value {
		const variable = this.#scopes.variableOf(node);
		if (variable === undefined)
			return node.name === "undefined" ? { kind: "plain", value: undefined, node } : unknown(node);
		const only = this.only(variable);
		if (only === undefined || only === node) return unknown(node);
		// As a whole it is in the middle of being put together; its members are there (`#member`).
		if (this.#growing.has(variable)) {
			this.#ownParts += 1;
			return unknown(node);
		}
		const whole = () => {
			const value = this.of(only, depth);
			return value.kind === "object" ? this.withWrites(value, variable, depth) : value;
		};
		return this.#once(variable, depth, whole) ?? unknown(node);
	}

	#member(node: SourceNode & { type: "MemberExpression" }, depth: number): Value {
		const name = memberName(node);
		if (name === undefined || node.object.type === "Super") return unknown(node);
		const half = this.#halfDone(node.object);
		if (half) return half.entries.get(name)?.value ?? unknown(node);
		const self = this.#thisBy(node.object);
		const object = self ? this.#owner(self, depth) : this.of(node.object, depth);
		return (object.kind === "object" && object.entries.get(name)?.value) || unknown(node);
	}

	/** An object that is being put together, as far as it has come. */
	#halfDone(node: SourceNode): ObjectValue | undefined {
		const variable = node.type === "Identifier" ? this.#scopes.variableOf(node) : undefined;
		const half = variable && this.#growing.get(variable);
		if (half) this.#ownParts += 1;
		return this.#ownParts > MOST_OWN_PARTS ? undefined : half;
	}

	#called(node: CallExpression, depth: number): Value {
		const { callee } = node;
		const [first, ...others] = node.arguments;
		if (callee.type === "MemberExpression") {
			const name = memberName(callee);
			if (name === "bind" && callee.object.type !== "Super") return this.of(callee.object, depth);
			if (name === "freeze" && first) return this.of(first, depth);
			if (name === "assign" && first) return this.#assigned([first, ...others], node, depth);
			return unknown(node);
		}
		if (callee.type === "Identifier" && /defineFramework$/.test(callee.name) && first) return this.of(first, depth);
		const fn = callee.type === "Super" ? undefined : this.functionOf(callee);
		const returned = fn && onlyReturn(fn);
		if (!fn || !returned) return unknown(node);
		const value = this.of(returned, depth);
		const wrapped = value.kind === "function" ? wrappedParameter(value.fn, fn, this.#scopes) : undefined;
		const given = wrapped === undefined ? undefined : node.arguments[wrapped];
		return given && given.type !== "SpreadElement" ? this.of(given, depth) : value;
	}

	/** The object, or instance, that a `this` is. */
	ownerOf(node: SourceNode): Value {
		return this.#thisBy(node) ? this.#owner(node, 0) : unknown(node);
	}

	#assigned(parts: readonly SourceNode[], node: SourceNode, depth: number): Value {
		const made = emptyObject(node);
		for (const each of parts) {
			const value = each.type === "SpreadElement" ? unknown(each) : this.of(each, depth);
			if (value.kind !== "object") made.open = true;
			else for (const entry of value.entries.values()) made.entries.set(entry.name, entry);
		}
		return made;
	}

	/** An instance: what its class has, and what its constructor gives it. */
	#made(node: NewExpression, depth: number): Value {
		const variable = this.#scopes.variableOf(node.callee);
		const source = variable ? this.only(variable) : node.callee;
		if (source === undefined || source === null) return unknown(node);
		const made = emptyObject(node);
		if (isFunction(source)) {
			this.#addOwn(made, source, depth);
			if (variable) this.#addPrototype(made, variable, depth);
		} else if (source.type === "ClassDeclaration" || source.type === "ClassExpression")
			this.#addMembers(made, source, depth);
		else return unknown(node);
		return made;
	}

	/** `Made.prototype.screenPop = …` */
	#addPrototype(into: ObjectValue, variable: Variable, depth: number): void {
		for (const { path, key, right } of this.#writesTo(variable)) {
			const [first, name] = path;
			if (first !== "prototype") continue;
			if (name !== undefined) into.entries.set(name, { name, key, value: this.of(right, depth) });
			else into.open = true;
		}
	}

	#addMembers(into: ObjectValue, source: Class, depth: number): void {
		into.open = source.superClass !== null && source.superClass !== undefined;
		for (const member of source.body.body) {
			if (member.type === "StaticBlock" || member.static || member.computed) continue;
			const name = keyName(member.key);
			if (name === undefined || !member.value) continue;
			if (name === "constructor" && member.type === "MethodDefinition") this.#addOwn(into, member.value, depth);
			else if (member.type === "PropertyDefinition" || member.kind === "method")
				into.entries.set(name, { name, key: member.key, value: this.of(member.value, depth) });
		}
	}

	#addOwn(into: ObjectValue, fn: FunctionNode, depth: number): void {
		visit(fn.body, (node) => {
			if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") {
				const name = this.#isThis(node.left.object) ? memberName(node.left) : undefined;
				if (name !== undefined)
					into.entries.set(name, { name, key: node.left.property, value: this.of(node.right, depth) });
			}
			return node.type === "ArrowFunctionExpression" || !isFunction(node);
		});
	}

	#isThis(node: SourceNode): boolean {
		return this.#thisBy(node) !== undefined;
	}

	/** `this`, or the one that a `self` is. */
	#thisBy(node: SourceNode): SourceNode | undefined {
		if (node.type === "ThisExpression") return node;
		const variable = this.#scopes.variableOf(node);
		const only = variable && this.only(variable);
		return only?.type === "ThisExpression" ? only : undefined;
	}

	/** The object or class whose method a `this` stands in. */
	#owner(node: SourceNode, depth: number): Value {
		let child: SourceNode = node;
		for (let at = this.#parents.get(node); at !== undefined; [child, at] = [at, this.#parents.get(at)]) {
			if (!isFunction(child) || child.type === "ArrowFunctionExpression") continue;
			const home = this.#parents.get(at);
			if (at.type === "Property" && home?.type === "ObjectExpression") return this.of(home, depth);
			if (at.type !== "MethodDefinition" || at.static || home?.type !== "ClassBody") return unknown(node);
			const made = emptyObject(node);
			this.#addMembers(made, this.#parents.get(home) as Class, depth);
			return made;
		}
		return unknown(node);
	}

	/** `(function (w) { … })(window)`: what a function that is called where it stands is given. */
	#argumentFor({ of, index }: NonNullable<Variable["parameter"]>): SourceNode | undefined {
		let call = this.#parents.get(of);
		if (call?.type === "MemberExpression" && memberName(call) === "call") {
			call = this.#parents.get(call);
			index += 1;
		} else if (call?.type !== "CallExpression" || call.callee !== of) return undefined;
		if (call?.type !== "CallExpression") return undefined;
		const given = call.arguments[index];
		return given?.type === "SpreadElement" ? undefined : given;
	}
}

function appended(list: MemberWrite[] | undefined, write: MemberWrite): MemberWrite[] {
	if (!list) return [write];
	list.push(write);
	return list;
}
