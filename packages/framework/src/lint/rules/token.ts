/** The agent's token in a message: whoever gets it may do what the agent may (framework-contract 11). */
import type { CallExpression, Identifier } from "acorn";
import type { Rule, RuleHit } from "../rule.ts";
import { memberName } from "../source/node-names.ts";
import { Promised } from "../source/promised.ts";
import { isFunction, namesIn, type Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import { childrenOf, holds, type SourceNode } from "../source/walk.ts";
import { isOtherWindow, postMessages } from "./messages.ts";

export const postedToken: Rule = {
	code: "token.posted",
	severity: "warning",
	review: "error",
	check: ({ script }) => {
		const tokens = new Tokens(script);
		if (tokens.isEmpty) return [];
		const sinks = senders(script);
		return sinks.flatMap(({ call, given }): RuleHit[] => {
			const sent = given.find((each) => tokens.isIn(each));
			const message =
				"Keep the agent's token here, and call the API from this script: who gets it may do all that the agent may.";
			return sent ? [{ at: call, message }] : [];
		});
	},
};

/** Variables and properties that hold the token, or something made of it. */
class Tokens {
	readonly #script: Script;
	readonly #variables = new Set<Variable>();
	readonly #properties = new Set<string>();
	readonly #promised: Promised;

	constructor(script: Script) {
		this.#script = script;
		const asks = script.actionCalls().flatMap(({ action, call }) => (action === "User.getAuthToken" ? [call] : []));
		this.#promised = new Promised(script, asks);
		for (const call of asks) {
			const fn = script.values.functionOf(call.arguments[0] as SourceNode);
			const name = fn?.params[0] ? namesIn(fn.params[0])[0] : undefined;
			this.#take(name);
		}
		this.#takeAwaited();
		for (let [size, round] = [-1, 0]; size !== this.#size && round < 5; round += 1) {
			size = this.#size;
			this.#follow();
		}
	}

	get isEmpty(): boolean {
		return this.#size === 0;
	}

	isIn(tree: SourceNode): boolean {
		const waiting: SourceNode[] = [tree];
		for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
			if (this.#is(node)) return true;
			for (const child of partsThatTell(node)) waiting.push(child);
		}
		return false;
	}

	#is(node: SourceNode): boolean {
		if (node.type === "AwaitExpression") return this.#promised.isPromise(node.argument);
		if (node.type === "MemberExpression" && this.#properties.has(memberName(node) ?? "")) return true;
		if (node.type !== "Identifier") return false;
		const variable = this.#script.scopes.variableOf(node);
		// One that leaks to the window is declared nowhere.
		if (variable === undefined)
			return this.#properties.has(node.name) && this.#script.scopes.free.get(node.name)?.includes(node) === true;
		return this.#variables.has(variable);
	}

	get #size(): number {
		return this.#variables.size + this.#properties.size;
	}

	/** `ask().then((token) => …)` and `const token = await ask()` */
	#takeAwaited(): void {
		for (const { callee, arguments: given } of this.#script.all("CallExpression")) {
			if (callee.type !== "MemberExpression" || memberName(callee) !== "then") continue;
			if (!this.#promised.isPromise(callee.object)) continue;
			const first = this.#script.values.functionOf(given[0] as SourceNode)?.params[0];
			this.#take(first && namesIn(first)[0]);
		}
		for (const { id, init } of this.#script.all("VariableDeclarator")) {
			const isToken = init?.type === "AwaitExpression" && this.#promised.isPromise(init.argument);
			if (isToken && id.type === "Identifier") this.#take(id);
		}
	}

	#take(name: Identifier | undefined): void {
		const variable = name && this.#script.scopes.variableOf(name);
		if (variable) this.#variables.add(variable);
		else if (name) this.#properties.add(name.name);
	}

	#follow(): void {
		for (const { left, right } of this.#script.all("AssignmentExpression")) {
			if (!this.isIn(right) || isFunction(right)) continue;
			if (left.type === "Identifier") this.#take(left);
			else if (left.type === "MemberExpression") this.#properties.add(memberName(left) ?? "");
		}
		for (const { id, init } of this.#script.all("VariableDeclarator")) {
			if (init && !isFunction(init) && !isCall(init) && id.type === "Identifier" && this.isIn(init)) this.#take(id);
		}
	}
}

/** What of an expression may come out of it: that there is a token, of which length or type, gives nobody the token. */
function partsThatTell(node: SourceNode): SourceNode[] {
	if (node.type === "UnaryExpression") return [];
	if (node.type === "BinaryExpression" && node.operator !== "+") return [];
	if (node.type === "MemberExpression" && memberName(node) === "length") return [];
	if (node.type === "ConditionalExpression") return [node.consequent, node.alternate];
	if (node.type === "LogicalExpression" && node.operator === "&&") return [node.right];
	return childrenOf(node);
}

/** What a request answers is not the token that it carried. */
function isCall(node: SourceNode): boolean {
	return node.type === "CallExpression" || node.type === "AwaitExpression" || node.type === "NewExpression";
}

/** Messages to other windows, and calls of the script's own functions that send what they are given. */
function senders(script: Script): { call: CallExpression; given: SourceNode[] }[] {
	const posts = postMessages(script).filter((call) => isOtherWindow(script, call));
	const direct = posts.map((call) => ({ call, given: call.arguments as SourceNode[] }));
	const helpers = new Map<SourceNode, Set<number>>();
	for (const post of posts) {
		const fn = script.functionsAround(post)[0];
		if (!fn) continue;
		fn.params.forEach((param, at) => {
			const variables = namesIn(param).map((name) => script.scopes.variableOf(name));
			const isSent = holds(
				post,
				(node) => node.type === "Identifier" && variables.includes(script.scopes.variableOf(node)),
			);
			if (isSent && variables.some((each) => each !== undefined))
				helpers.set(fn, (helpers.get(fn) ?? new Set()).add(at));
		});
	}
	const calls = script.all("CallExpression").flatMap((call) => {
		const fn = call.callee.type === "Super" ? undefined : script.values.functionOf(call.callee);
		const sent = fn && helpers.get(fn);
		return sent ? [{ call, given: call.arguments.filter((_each, at) => sent.has(at)) as SourceNode[] }] : [];
	});
	return [...direct, ...calls];
}
