/** Promises of what a script is told by a callback: `new Promise((resolve) => ask(resolve))`, and functions that give one back. */
import type { CallExpression } from "acorn";
import type { Script } from "./script.ts";
import type { FunctionNode, SourceNode } from "./walk.ts";

export class Promised {
	readonly #script: Script;
	/** Executors of promises, and functions that give one back. */
	readonly #executors = new Set<FunctionNode>();
	readonly #givers = new Set<FunctionNode>();

	/** @param asks calls that are given a promise's own `resolve` */
	constructor(script: Script, asks: readonly CallExpression[]) {
		this.#script = script;
		for (const ask of asks) {
			const [resolve] = ask.arguments;
			const variable = resolve && script.scopes.variableOf(resolve as SourceNode);
			const executor = script.functionsAround(ask).find(({ params: [first] }) => {
				return variable !== undefined && first !== undefined && script.scopes.variableOf(first) === variable;
			});
			if (executor) this.#executors.add(executor);
		}
		if (this.#executors.size === 0) return;
		for (const fn of script.functions())
			if (fn.body.type !== "BlockStatement" && this.isPromise(fn.body)) this.#givers.add(fn);
		for (const statement of script.all("ReturnStatement")) {
			const [fn] = script.functionsAround(statement);
			if (fn && statement.argument && this.isPromise(statement.argument)) this.#givers.add(fn);
		}
	}

	isPromise(node: SourceNode): boolean {
		const { values, scopes } = this.#script;
		if (node.type === "NewExpression") {
			const executor = values.functionOf(node.arguments[0] as SourceNode);
			return executor !== undefined && this.#executors.has(executor);
		}
		if (node.type === "CallExpression") {
			const fn = node.callee.type === "Super" ? undefined : values.functionOf(node.callee);
			return fn !== undefined && this.#givers.has(fn);
		}
		return (
			node.type === "Identifier" && scopes.variableOf(node)?.values.some((each) => each && this.#isMade(each)) === true
		);
	}

	#isMade(value: SourceNode): boolean {
		return value.type !== "Identifier" && this.isPromise(value);
	}
}
