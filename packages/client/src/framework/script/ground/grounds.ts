import { Ground, type GroundParts } from "./ground.ts";
import { measures, servers } from "./server-ground.ts";
import { sound } from "./sound-ground.ts";

type Realm = Window & typeof globalThis;

const nothing = () => undefined;
/** A trial: what the panel does with them all the time. */
const same = (left: unknown, right: unknown) => left === right;

/** The ground of a window, with a trial for each part. Objects first, as all others are made of them. */
export function groundsOf(window: Window): Ground[] {
	const realm = window as Realm;
	return [objects(realm), lists(realm), texts(realm), json(realm), promises(realm), timers(realm)]
		.concat([events(realm), page(realm)], servers(realm), measures(realm), sound(realm))
		.map((parts) => new Ground(parts));
}

function named(on: object, ...names: string[]): GroundParts["names"] {
	return { on, names };
}

function objects(window: Realm): GroundParts {
	const { Object: of, Function: calls, Reflect: reflect } = window;
	const known = of.getOwnPropertyNames(of.prototype).length;
	// A method that may not be written over is the careful way to add one, and nobody writes there.
	const bears = (key: string) => {
		const as = of.getOwnPropertyDescriptor(of.prototype, key);
		if (typeof as?.value === "function") return true;
		const one: Record<string, unknown> = {};
		one[key] = 1;
		return one[key] === 1;
	};
	return {
		name: "Object",
		holders: [of.prototype, of, calls.prototype, reflect],
		names: named(window, "Object", "Function", "Reflect"),
		works: () => {
			const made = Object.assign({ a: 1 }, { b: 2 });
			const [key, value] = Object.entries(made)[1] ?? [];
			const defined = Object.defineProperty({}, "c", { get: () => 3 });
			// A name that every description inherits is taken for a part of it, of either kind.
			const plain = Object.defineProperty({}, "f", { value: 6, configurable: true });
			for (const _ in {}) return false;
			const added = Object.getOwnPropertyNames(Object.prototype).slice(known);
			return (
				same(`${key}${value}${Object.keys(made).length}`, "b22") &&
				same((defined as { c?: number }).c, 3) &&
				same((plain as { f?: number }).f, 6) &&
				same(Object.fromEntries([["d", 4]]).d, 4) &&
				same(Object.hasOwn(made, "a"), true) &&
				same(Object.values(made).length, 2) &&
				same(
					function (this: number[], more: number) {
						return this.length + more;
					}.bind([1])(2),
					3,
				) &&
				same(Math.max.apply(undefined, [1, 5]), 5) &&
				same(Object.prototype.toString.call([]), "[object Array]") &&
				added.every((each) => each === "constructor" || bears(each))
			);
		},
	};
}

function lists(window: Realm): GroundParts {
	const { Array: list, Map: map, Set: set, WeakMap: weak } = window;
	const steps = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
	return {
		name: "Array, Map and Set",
		holders: [list.prototype, list, map.prototype, set.prototype, weak.prototype, steps],
		names: named(window, "Array", "Map", "Set", "WeakMap", "Symbol"),
		works: () => {
			const all = [3, 1, 2];
			const [first, ...rest] = [...all].sort((a, b) => a - b);
			const seen = new Map([["a", 1]]).set("b", 2);
			const once = new Set(all.concat(all));
			for (const _ in all.slice(0, 0)) return false;
			let sum = 0;
			for (const [at, each] of all.entries()) sum += at * each;
			all.forEach((each) => {
				sum += each;
			});
			const picked = all.map((each) => each * 2).filter((each) => each > 2);
			return (
				same(`${first}${rest.join("")}`, "123") &&
				same(picked.join("-"), "6-4") &&
				same(sum, 11) &&
				same(
					all.reduce((total, each) => total + each, 0),
					6,
				) &&
				same(
					all.find((each) => each === 2),
					2,
				) &&
				same(
					all.findIndex((each) => each < 3),
					1,
				) &&
				same(all.indexOf(1), 1) &&
				same(all.at(-1), 2) &&
				all.includes(3) &&
				all.some((each) => each === 1) &&
				all.every((each) => each > 0) &&
				same([[1], [2]].flat().length + all.flatMap((each) => [each, each]).length, 8) &&
				same(all.push(4) + (all.pop() ?? 0) + all.unshift(0) + (all.shift() ?? 9), 12) &&
				same(all.splice(1, 1)[0], 1) &&
				same(Array.from(once, (each) => each + 1).length, 3) &&
				Array.isArray([...seen.keys()].reverse()) &&
				same(`${seen.get("b")}${seen.has("a")}${seen.size}${seen.delete("a")}`, "2true2true") &&
				same(once.has(2) && once.add(9).size, 4) &&
				same([...seen.values()].length, 1) &&
				same(new WeakMap([[all, 1]]).get(all), 1)
			);
		},
	};
}

function texts(window: Realm): GroundParts {
	const { String: text, RegExp: pattern, Number: number, Date: date, Math: math } = window;
	const { performance, crypto } = window;
	/** Only where the page came by https, or from this machine. */
	const hasIds = typeof crypto.randomUUID === "function";
	return {
		name: "String, Number and Date",
		holders: [
			text.prototype,
			text,
			pattern.prototype,
			number.prototype,
			number,
			date.prototype,
			date,
			math,
			window.Performance.prototype,
			window.Crypto.prototype,
			performance,
			crypto,
		],
		names: named(window, "String", "RegExp", "Number", "Date", "Math", "URL", "URLSearchParams"),
		works: () =>
			same("é".normalize("NFD").length, 2) &&
			"a".localeCompare("b") < 0 &&
			same(" a-b ".trim().split("-").join("+"), "a+b") &&
			same("abcabc".replace("b", "x").replaceAll("c", "y"), "axyaby") &&
			same("Ab".toLowerCase() + "b".toUpperCase() + "abc".slice(1, 2) + "7".padStart(2, "0"), "abBb07") &&
			"abc".startsWith("a") &&
			"abc".endsWith("c") &&
			"abc".includes("b") &&
			same("abc".indexOf("c") + "a".charCodeAt(0), 99) &&
			same("x1".match(/\d/)?.[0], "1") &&
			/^a/.test("ab") &&
			same(Number("4") + Number.parseInt("5", 10) + Math.round(1.4) + Math.max(1, 2), 12) &&
			same((2.25).toFixed(1).length, 3) &&
			same(new Date(0).toISOString().slice(0, 4) + Date.parse("1970-01-01T00:00:00Z"), "19700") &&
			Date.now() > 1e12 &&
			performance.now() > 0 &&
			(!hasIds || crypto.randomUUID().length === 36) &&
			Math.random() < 1 &&
			same(new URL("/a?b=1", "https://c.example").searchParams.get("b"), "1"),
	};
}

function json(window: Realm): GroundParts {
	const { parse } = window.JSON;
	return {
		name: "JSON",
		// `toJSON`, as old libraries add it to lists and texts, makes texts of them.
		holders: [window.JSON, window.Array.prototype, window.Object.prototype, window.String.prototype],
		names: named(window, "JSON"),
		works: () => {
			const written = '{"a":[1,"b",null],"c":{"d":true}}';
			const read = JSON.parse(written);
			return read.a[1] === "b" && read.c.d === true && same(JSON.stringify(parse(written)), written);
		},
	};
}

/** A promise of a library is borne with, once it has all that the browser's has. */
export function promises(window: Realm): GroundParts {
	const { Promise: promise, Object: of } = window;
	const { getOwnPropertyNames: namesOf, getOwnPropertyDescriptor: asOf, defineProperty } = of;
	const own = namesOf(promise).filter((key) => typeof asOf(promise, key)?.value === "function");
	/** A library's Promise knows what there was in its time; the browser's own functions serve any of them. */
	const complete = (theirs: PromiseConstructor) => {
		if (theirs === promise || typeof theirs !== "function") return;
		for (const key of own) if (!(key in theirs)) defineProperty(theirs, key, asOf(promise, key) ?? {});
	};
	const isOne = (given: unknown) => typeof (given as PromiseLike<unknown>).then === "function";
	return {
		name: "Promise",
		holders: [promise.prototype, promise, of.prototype],
		names: named(window, "Promise"),
		works: () => {
			complete(Promise);
			const pending = new Promise<void>(nothing);
			return (
				own.every((key) => typeof (Promise as unknown as Record<string, unknown>)[key] === "function") &&
				!("then" in {}) &&
				[pending, pending.then(nothing), pending.catch(nothing), pending.finally(nothing)].every(isOne) &&
				[Promise.resolve(), Promise.all([]), Promise.race([]), Promise.allSettled([])].every(isOne) &&
				isOne(Promise.reject(0).catch(nothing))
			);
		},
	};
}

function timers(window: Realm): GroundParts {
	return {
		name: "timers",
		holders: [],
		names: named(
			window,
			"setTimeout",
			"clearTimeout",
			"setInterval",
			"clearInterval",
			"queueMicrotask",
			"requestAnimationFrame",
			"cancelAnimationFrame",
		),
		works: () => {
			const timeout = window.setTimeout(nothing, 0);
			const interval = window.setInterval(nothing, 1000);
			const frame = window.requestAnimationFrame(nothing);
			window.clearTimeout(timeout);
			window.clearInterval(interval);
			window.cancelAnimationFrame(frame);
			window.queueMicrotask(nothing);
			return timeout !== undefined && interval !== undefined && frame !== undefined;
		},
	};
}

function events(window: Realm): GroundParts {
	const { EventTarget: target, Event: event, MessageEvent: message, MessagePort: port, CustomEvent: custom } = window;
	return {
		name: "events",
		holders: [target.prototype, event.prototype, message.prototype, port.prototype],
		names: named(
			window,
			"EventTarget",
			"Event",
			"MessageEvent",
			"CustomEvent",
			"MessageChannel",
			"AbortController",
			"addEventListener",
			"removeEventListener",
			"dispatchEvent",
		),
		works: () => {
			const to = new target();
			const heard: string[] = [];
			const hear = (each: Event) => {
				each.preventDefault();
				each.stopPropagation();
				heard.push(each.type);
			};
			to.addEventListener("said", hear);
			const isKept = to.dispatchEvent(new event("said", { cancelable: true }));
			to.removeEventListener("said", hear);
			to.dispatchEvent(new event("said"));
			window.addEventListener("inlay:said", hear);
			window.dispatchEvent(new event("inlay:said"));
			window.removeEventListener("inlay:said", hear);
			return (
				!isKept &&
				same(heard.join(), "said,inlay:said") &&
				same(new message("said", { data: 1, origin: "https://a.example" }).data, 1) &&
				same(new custom("said", { detail: 2 }).detail, 2)
			);
		},
	};
}

function page(window: Realm): GroundParts {
	const { Node: node, Element: element, Document: doc, CharacterData: text, DOMTokenList: list } = window;
	const { document } = window;
	return {
		name: "the page's elements",
		holders: [node.prototype, element.prototype, doc.prototype, text.prototype, list.prototype, document],
		works: () => {
			const outer = document.createElement("p");
			const inner = document.createElement("b");
			const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
			outer.setAttribute("title", "a");
			outer.className = "one two";
			outer.classList.remove("two");
			outer.appendChild(document.createTextNode("x"));
			outer.insertBefore(inner, outer.firstChild);
			inner.textContent = "y";
			inner.before(drawn);
			const before = outer.childNodes.length;
			outer.removeChild(drawn);
			const found = outer.querySelector("b") === inner && outer.contains(inner) && inner.parentNode === outer;
			inner.remove();
			const first = outer.firstChild as Text;
			first.data = "z";
			return (
				found &&
				same(before, 3) &&
				typeof outer.getBoundingClientRect().width === "number" &&
				outer.scrollIntoView({ block: "nearest" }) === undefined &&
				same(`${outer.getAttribute("title")}${outer.className}${outer.textContent}`, "aonez") &&
				outer.matches("p") &&
				document.documentElement !== null &&
				typeof document.getElementById === "function" &&
				typeof document.querySelector("html") === "object"
			);
		},
	};
}
