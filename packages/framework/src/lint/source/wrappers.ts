/** Functions that give back another one around what they were given: `safely(fn)`, as Sentry and old code bases have it. */
import { memberName } from "./node-names.ts";
import { isFunction, type Scopes } from "./scopes.ts";
import { type FunctionNode, type SourceNode, visit } from "./walk.ts";

/**
 * The parameter of `maker` that the function it gives back calls with all that it is called with, as
 * `function () { try { return fn.apply(this, arguments); } catch (error) { … } }` does: whoever reads that one reads this one.
 */
export function wrappedParameter(made: FunctionNode, maker: FunctionNode, scopes: Scopes): number | undefined {
	if (made === maker || made.start < maker.start || made.end > maker.end) return undefined;
	const parameters = maker.params.map((param) => (param.type === "Identifier" ? scopes.variableOf(param) : undefined));
	let found: number | undefined;
	visit(made.body, (node) => {
		const called = node.type === "CallExpression" ? calledWithAll(node, made) : undefined;
		const variable = called && scopes.variableOf(called);
		const at = variable ? parameters.indexOf(variable) : -1;
		if (at >= 0) found ??= at;
		return found === undefined;
	});
	return found;
}

/** `fn.apply(this, arguments)`, `fn.call(this, event)`, `fn(...args)`, `Reflect.apply(fn, this, args)`, `fn(event)`. */
function calledWithAll(call: SourceNode & { type: "CallExpression" }, made: FunctionNode): SourceNode | undefined {
	const { callee } = call;
	const given = call.arguments as SourceNode[];
	if (callee.type === "Identifier") return passesAll(given, made) ? callee : undefined;
	if (callee.type !== "MemberExpression" || callee.object.type === "Super") return undefined;
	const name = memberName(callee);
	const isReflect = callee.object.type === "Identifier" && callee.object.name === "Reflect";
	if (isReflect && name === "apply") return given[0];
	if (name === "apply") return callee.object;
	return name === "call" && passesAll(given.slice(1), made) ? callee.object : undefined;
}

/** Everything that the function itself was given, in its order. */
function passesAll(given: readonly SourceNode[], { params }: FunctionNode): boolean {
	const [only] = given;
	if (given.length === 1 && only?.type === "SpreadElement") return !isFunction(only.argument);
	if (given.length !== params.length || given.length === 0) return false;
	return given.every((each, at) => {
		const param = params[at];
		return each.type === "Identifier" && param?.type === "Identifier" && each.name === param.name;
	});
}
