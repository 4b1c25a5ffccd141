import { linesOf } from "../../session/lines.ts";
import {
	type CobrowseForm,
	type CobrowseSettings,
	cobrowseBodyOf,
	cobrowseFormOf,
	cobrowseProblems,
} from "./cobrowse-form.ts";

/** How a messenger looks and behaves, as the server has it (agent-features 11, "Deployment"). */
export interface MessengerSettings {
	origins: string[];
	title: string;
	welcome: string;
	/** `#rrggbb` */
	color: string;
	form: Array<{ key: string; label: string; isRequired: boolean }>;
	typing: boolean;
	/** Absent in what was kept before there were files: they are on. */
	files?: boolean;
	/** Absent in what was kept before: nothing is sent. */
	transcriptFrom?: string;
	afterEnd: AfterEnd;
	sessionMinutes: number;
	/** Absent in what was kept before there was co-browsing: it is off. */
	cobrowse?: CobrowseSettings;
	/** Whose word pages bring for who their visitor is; `null`, in what is sent, takes it away. */
	signIn?: { issuer: string; audience: string; keys: string } | null;
}

export const afterEnds = ["goOn", "startAnew"] as const;
export type AfterEnd = (typeof afterEnds)[number];

/** The same in a form: texts as they are typed. */
export interface MessengerForm extends CobrowseForm {
	/** One a line. */
	origins: string;
	title: string;
	welcome: string;
	color: string;
	/** One a line: `name: Your name`, with `*` behind where an answer is required. */
	questions: string;
	typing: "on" | "off";
	files: "on" | "off";
	transcriptFrom: string;
	afterEnd: AfterEnd;
	sessionMinutes: string;
	/** All three empty: everybody is a guest. */
	issuer: string;
	audience: string;
	keys: string;
}

export const freshMessenger: MessengerSettings = {
	...{ origins: [], title: "", welcome: "", color: "#14463f", form: [] },
	...{ typing: true, files: true, afterEnd: "goOn", sessionMinutes: 72 * 60 },
};

export function messengerFormOf(settings: MessengerSettings): MessengerForm {
	const {
		origins,
		title,
		welcome,
		color,
		form,
		typing,
		files = true,
		transcriptFrom = "",
		afterEnd,
		sessionMinutes,
	} = settings;
	return {
		...cobrowseFormOf(settings.cobrowse),
		...(settings.signIn ?? { issuer: "", audience: "", keys: "" }),
		...{ title, welcome, color, transcriptFrom, afterEnd },
		origins: origins.join("\n"),
		questions: form.map(({ key, label, isRequired }) => `${key}: ${label}${isRequired ? " *" : ""}`).join("\n"),
		typing: typing ? "on" : "off",
		files: files ? "on" : "off",
		sessionMinutes: String(sessionMinutes),
	};
}

/** What is sent. Only for a form without problems. */
export function messengerBodyOf(form: MessengerForm): MessengerSettings {
	return {
		origins: linesOf(form.origins),
		title: form.title.trim(),
		welcome: form.welcome.trim(),
		color: form.color.trim(),
		form: linesOf(form.questions).flatMap((line) => questionOf(line) ?? []),
		typing: form.typing === "on",
		files: form.files === "on",
		transcriptFrom: form.transcriptFrom.trim(),
		afterEnd: form.afterEnd,
		sessionMinutes: Number(form.sessionMinutes),
		cobrowse: cobrowseBodyOf(form),
		signIn: signInOf(form),
	};
}

/** As the server has them (`address-routes.ts`). */
const limits = { title: 100, welcome: 1000, questions: 10, least: 6, most: 30 * 24 * 60 };

export function messengerProblems(form: MessengerForm): Array<keyof MessengerForm> {
	const { title, welcome, color, origins, questions, sessionMinutes } = form;
	const asked = linesOf(questions).map(questionOf);
	const keys = new Set(asked.map((one) => one?.key.toLowerCase()));
	const minutes = /^\s*\d{1,6}\s*$/.test(sessionMinutes) ? Number(sessionMinutes) : 0;
	const wrong: Array<[keyof MessengerForm, boolean]> = [
		["origins", !linesOf(origins).every(isOrigin)],
		["title", title.trim().length > limits.title],
		["welcome", welcome.trim().length > limits.welcome],
		["color", !/^#[0-9a-f]{6}$/i.test(color.trim())],
		["questions", asked.includes(undefined) || keys.size < asked.length || asked.length > limits.questions],
		...signInProblems(form),
		["sessionMinutes", minutes < limits.least || minutes > limits.most],
	];
	return [...wrong.filter(([, isWrong]) => isWrong).map(([field]) => field), ...cobrowseProblems(form)];
}

function signInOf({ issuer, audience, keys }: MessengerForm) {
	const signIn = { issuer: issuer.trim(), audience: audience.trim(), keys: keys.trim() };
	return Object.values(signIn).some((one) => one !== "") ? signIn : null;
}

/** All of it, or nothing. */
function signInProblems(form: MessengerForm): Array<[keyof MessengerForm, boolean]> {
	const signIn = signInOf(form);
	if (!signIn) return [];
	const areKeys = /^https?:\/\/\S+$/i.test(signIn.keys) || (signIn.keys.startsWith("{") && signIn.keys.endsWith("}"));
	return [
		["issuer", signIn.issuer === ""],
		["audience", signIn.audience === ""],
		["keys", !areKeys],
	];
}

/** The tag that a page needs, from the server of this console. */
export function snippetOf(server: string, id: string): string {
	return `<script src="${server}/messenger/messenger.js" data-deployment="${id}" async></script>`;
}

function questionOf(line: string): MessengerSettings["form"][number] | undefined {
	const found = /^([\w.-]{1,50})\s*:\s*(.*?)\s*(\*?)$/.exec(line);
	const [, key = "", label = "", star = ""] = found ?? [];
	return found && label !== "" && label.length <= 100 ? { key, label, isRequired: star === "*" } : undefined;
}

function isOrigin(text: string): boolean {
	const url = URL.parse(text);
	const isPage = url?.protocol === "https:" || url?.protocol === "http:";
	return isPage && [url.origin, `${url.origin}/`].includes(text.toLowerCase());
}
