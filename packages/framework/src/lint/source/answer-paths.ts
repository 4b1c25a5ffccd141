/** Ways through a function on which something that it was given to call is neither called nor handed on. */
import type { Statement } from "acorn";
import { isFunction, type Variable } from "./scopes.ts";
import type { Script } from "./script.ts";
import { childrenOf, type FunctionNode, holds, type SourceNode, visit } from "./walk.ts";

/** Whether a path comes to the end of a statement, and if so, whether it has answered for sure. */
interface Flow {
	falls: boolean;
	answered: boolean;
	/** Where one of several ways, of which others have answered, has not. */
	silent?: Place | undefined;
}

/** Offsets in the source. */
interface Place {
	start: number;
	end: number;
}

/** One of several ways, and where it is told when it ends in silence. */
interface Way extends Flow {
	place?: Place;
}

/** Where `break` leaves to: what had been answered there. */
type Breaks = Way[];

export interface SilentEnd {
	/** The `return`, or the closing bracket of the branch or function that ends by itself. */
	at: Place;
	/** A `return` with a value, which a promise hands on. */
	returnsValue: boolean;
}

export class AnswerPaths {
	readonly #script: Script;
	/** The callbacks, and what of the function's own calls or holds them. */
	readonly #answers: Set<Variable>;
	#ends: SilentEnd[] = [];
	#breaks: Breaks[] = [];

	/** @param within where helpers of the function's own may stand */
	constructor(script: Script, answers: readonly Variable[], within: FunctionNode) {
		this.#script = script;
		this.#answers = new Set(answers);
		this.#addHelpers(within);
	}

	/** Whether a tree names the callbacks, directly or by a helper. */
	mentions(tree: SourceNode): boolean {
		return holds(tree, (node) => this.#isAnswer(node));
	}

	/** The ends of a function that no answer came before. */
	silentEnds(fn: FunctionNode): SilentEnd[] {
		this.#ends = [];
		this.#breaks = [];
		if (fn.body.type !== "BlockStatement") return this.#sure(fn.body) ? [] : [{ at: fn.body, returnsValue: true }];
		const flow = this.#all(fn.body.body, false);
		if (flow.falls && !flow.answered) this.#ends.push({ at: flow.silent ?? endOf(fn), returnsValue: false });
		return this.#ends;
	}

	/** `function done() { onSuccess(…) }`, `const fail = () => onFailure()`, `const self = { onSuccess }`. */
	#addHelpers(within: FunctionNode): void {
		for (let [size, round] = [-1, 0]; size !== this.#answers.size && round < 5; round += 1) {
			size = this.#answers.size;
			visit(within.body, (node) => {
				const held =
					node.type === "VariableDeclarator" && node.id.type === "Identifier" && node.init
						? { name: node.id, value: node.init as SourceNode }
						: node.type === "FunctionDeclaration" && node.id
							? { name: node.id, value: node.body as SourceNode }
							: undefined;
				const variable = held && this.#script.scopes.variableOf(held.name);
				if (held && variable && this.mentions(held.value)) this.#answers.add(variable);
				return true;
			});
		}
	}

	#isAnswer(node: SourceNode): boolean {
		if (node.type !== "Identifier") return false;
		if (node.name === "arguments") return true;
		const variable = this.#script.scopes.variableOf(node);
		return variable !== undefined && this.#answers.has(variable);
	}

	/** Whether evaluating it answers, whatever else is true. Handing a callback on counts, as does asking whether it is there. */
	#sure(node: SourceNode | null | undefined): boolean {
		if (!node) return false;
		if (isFunction(node)) return this.mentions(node);
		if (node.type === "ConditionalExpression")
			return this.#sure(node.test) || (this.#sure(node.consequent) && this.#sure(node.alternate));
		if (node.type === "LogicalExpression") return this.#sure(node.left);
		if (node.type === "VariableDeclarator") return !isFunction(node.init) && this.#sure(node.init);
		return this.#isAnswer(node) || childrenOf(node).some((child) => this.#sure(child));
	}

	#all(statements: readonly SourceNode[], before: boolean): Flow {
		let flow: Flow = { falls: true, answered: before };
		for (const statement of statements) {
			if (!flow.falls) break;
			const next = this.#through(statement as Statement, flow.answered);
			flow = { ...next, silent: next.answered ? undefined : (next.silent ?? flow.silent) };
		}
		return flow;
	}

	#through(node: Statement, before: boolean): Flow {
		switch (node.type) {
			case "BlockStatement":
				return this.#all(node.body, before);
			case "ExpressionStatement":
				// `onSuccess;` is named, and not called.
				return { falls: true, answered: before || (node.expression.type !== "Identifier" && this.#sure(node)) };
			case "FunctionDeclaration":
			case "ClassDeclaration":
			case "EmptyStatement":
				return { falls: true, answered: before };
			case "ReturnStatement":
				if (!before && !this.#sure(node.argument)) this.#ends.push({ at: node, returnsValue: !!node.argument });
				return { falls: false, answered: true };
			case "ThrowStatement":
				return { falls: false, answered: true };
			case "BreakStatement":
				this.#breaks.at(-1)?.push({ falls: true, answered: before, place: node });
				return { falls: false, answered: before };
			case "ContinueStatement":
				return { falls: false, answered: before };
			case "IfStatement": {
				const tested = before || this.#sure(node.test);
				const no = node.alternate
					? this.#branch(node.alternate, tested)
					: { falls: true, answered: tested, place: { start: node.start, end: node.consequent.start } };
				return joined([this.#branch(node.consequent, tested), no]);
			}
			case "TryStatement":
				return this.#tried(node, before);
			case "SwitchStatement":
				return this.#switched(node, before);
			case "ForStatement":
			case "WhileStatement":
			case "DoWhileStatement":
			case "ForInStatement":
			case "ForOfStatement":
				return this.#looped(node, before);
			case "LabeledStatement":
				return this.#through(node.body, before);
			case "WithStatement":
				return this.#through(node.body, before || this.#sure(node.object));
			default:
				return { falls: true, answered: before || this.#sure(node) };
		}
	}

	#branch(node: Statement, before: boolean): Way {
		return { ...this.#through(node, before), place: node.type === "BlockStatement" ? endOf(node) : node };
	}

	/** What is thrown may be thrown before anything was done; `finally` comes after every way out. */
	#tried(node: Statement & { type: "TryStatement" }, before: boolean): Flow {
		const known = this.#ends.length;
		const tried = this.#through(node.block, before);
		const flow = node.handler ? joined([tried, this.#branch(node.handler.body, before)]) : tried;
		if (!node.finalizer) return flow;
		const last = this.#through(node.finalizer, false);
		if (last.answered) this.#ends.length = known;
		return { falls: flow.falls && last.falls, answered: flow.answered || last.answered };
	}

	#switched(node: Statement & { type: "SwitchStatement" }, before: boolean): Flow {
		const asked = before || this.#sure(node.discriminant);
		this.#breaks.push([]);
		let flow: Flow = { falls: false, answered: asked };
		for (const { consequent } of node.cases) flow = this.#all(consequent, flow.falls ? flow.answered && asked : asked);
		const left = this.#breaks.pop() ?? [];
		const isWhole = node.cases.some(({ test }) => test === null || test === undefined);
		return joined([flow, ...left, ...(isWhole ? [] : [{ falls: true, answered: asked, place: node.discriminant }])]);
	}

	/** A body may run not once, but for `do` and what has no end. */
	#looped(node: SourceNode & { body: Statement; test?: SourceNode | null }, before: boolean): Flow {
		const isFor = node.type === "ForInStatement" || node.type === "ForOfStatement";
		const head = isFor ? this.#sure(node.right) : node.type === "ForStatement" && this.#sure(node.init);
		const asked = before || head || this.#sure(isFor ? undefined : node.test);
		this.#breaks.push([]);
		const body = this.#through(node.body, node.type === "DoWhileStatement" ? before : asked);
		const left = this.#breaks.pop() ?? [];
		if (node.type === "DoWhileStatement") return joined([body, ...left]);
		const isEndless = !isFor && (!node.test || (node.test.type === "Literal" && node.test.value === true));
		return joined([...(isEndless ? [] : [{ falls: true, answered: asked }]), ...left]);
	}
}

function joined(ways: readonly Way[]): Flow {
	const falling = ways.filter(({ falls }) => falls);
	const silent = falling.filter(({ answered }) => !answered);
	const isOneOf = silent.length < falling.length;
	return {
		falls: falling.length > 0,
		answered: silent.length === 0,
		silent: silent.map((way) => way.silent ?? (isOneOf ? way.place : undefined)).find((place) => place !== undefined),
	};
}

/** The closing bracket. */
function endOf({ end }: SourceNode): Place {
	return { start: end - 1, end };
}
