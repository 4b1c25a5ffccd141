import {
	type CarrierForm,
	type CarrierSettings,
	carrierBodyOf,
	carrierFormOf,
	carrierProblems,
	freshCarrier,
} from "./carrier-form.ts";
import {
	freshMessenger,
	type MessengerForm,
	type MessengerSettings,
	messengerBodyOf,
	messengerFormOf,
	messengerProblems,
} from "./messenger-form.ts";
import { type SilenceForm, type SilenceRule, silenceBodyOf, silenceFormOf, silenceProblems } from "./silence-form.ts";
import { t } from "./strings.ts";

/** An address by which customers write, as the server has it. */
export interface MessageAddress {
	id: string;
	name: string;
	channel: Channel;
	address: string;
	queueId: string;
	provider: Provider;
	settings: {
		threadingHours: number;
		webhookUrl?: string;
		/** The secret itself is never told. */
		hasSecret: boolean;
		optOutText: string;
		optInText: string;
		helpText: string;
		/** Of a messenger. */
		messenger?: MessengerSettings;
		silence?: SilenceRule;
		carrier?: CarrierSettings;
		mms?: boolean;
	};
	version: number;
	/** Whether its customers can be mailed what was said, where an address is named for that. */
	mailsTranscript?: boolean;
}

export const channels = ["webmessaging", "sms", "open"] as const;
export type Channel = (typeof channels)[number];
export type Provider = "simulator" | "http" | "open" | "web";

/** Who can carry the messages of a channel. */
export const providersOf: Readonly<Record<Channel, readonly [Provider, ...Provider[]]>> = {
	webmessaging: ["web"],
	sms: ["http", "simulator"],
	open: ["open"],
};

/** The same in a form: texts as they are typed. */
export interface AddressForm extends MessengerForm, SilenceForm, CarrierForm {
	name: string;
	channel: Channel;
	address: string;
	queueId: string;
	provider: Provider;
	threadingHours: string;
	webhookUrl: string;
	/** Empty leaves the one that is kept. */
	secret: string;
	optOutText: string;
	optInText: string;
	helpText: string;
}

export function addressFormOf({ name, channel, address, queueId, provider, settings }: MessageAddress): AddressForm {
	const { threadingHours, webhookUrl = "", optOutText, optInText, helpText } = settings;
	return {
		...{ name, channel, address, queueId, provider, webhookUrl, optOutText, optInText, helpText },
		threadingHours: String(threadingHours),
		secret: "",
		...messengerFormOf(settings.messenger ?? freshMessenger),
		...carrierFormOf(settings.carrier ?? freshCarrier, settings.mms ?? false),
		...silenceFormOf(settings.silence, { warnText: t("warnStart"), endText: t("endStart") }),
	};
}

/** What is sent. Only for a form without problems; what the channel has no use for stays away. */
export function addressBodyOf(form: AddressForm) {
	const { name, channel, address, queueId, provider } = form;
	const secret = form.secret.trim();
	const webhook = { webhookUrl: form.webhookUrl.trim(), ...(secret === "" ? {} : { secret }) };
	const ofChannel = {
		sms: {
			mms: form.mms === "on",
			...(provider === "http" ? { ...webhook, carrier: carrierBodyOf(form) } : {}),
			optOutText: form.optOutText.trim(),
			optInText: form.optInText.trim(),
			helpText: form.helpText.trim(),
		},
		open: webhook,
		webmessaging: { messenger: messengerBodyOf(form) },
	}[channel];
	const settings = { threadingHours: Number(form.threadingHours), ...ofChannel, silence: silenceBodyOf(form) };
	// A messenger's address is its id.
	const named = channel === "webmessaging" ? {} : { address: address.trim() };
	return { name: name.trim(), channel, ...named, queueId, provider, settings };
}

/** As the server has them (`address-routes.ts`). */
const limits = { hours: 72, secret: 16, text: 300 };

/** Fields that cannot be sent as they are; the server says what else is wrong with them. */
export function addressProblems(form: AddressForm): Set<keyof AddressForm> {
	const problems = new Set<keyof AddressForm>();
	if (form.name.trim() === "") problems.add("name");
	if (form.channel !== "webmessaging" && form.address.trim() === "") problems.add("address");
	if (form.queueId === "") problems.add("queueId");
	if (!/^\s*\d{1,2}\s*$/.test(form.threadingHours) || Number(form.threadingHours) > limits.hours)
		problems.add("threadingHours");
	for (const one of [...problemsOf[form.channel](form), ...silenceProblems(form)]) problems.add(one);
	return problems;
}

const problemsOf: Readonly<Record<Channel, (form: AddressForm) => Array<keyof AddressForm>>> = {
	sms: textProblems,
	open: openProblems,
	webmessaging: messengerProblems,
};

function textProblems(form: AddressForm): Array<keyof AddressForm> {
	const isBad = (one: "optOutText" | "optInText" | "helpText") => {
		const { length } = form[one].trim();
		return length === 0 || length > limits.text;
	};
	const bad = (["optOutText", "optInText", "helpText"] as const).filter(isBad);
	return form.provider === "http" ? [...bad, ...openProblems(form), ...carrierProblems(form)] : bad;
}

function openProblems({ webhookUrl, secret }: AddressForm): Array<keyof AddressForm> {
	const isUrl = /^https?:\/\//i.test(webhookUrl.trim()) && URL.canParse(webhookUrl.trim());
	const { length } = secret.trim();
	return [
		...(isUrl ? [] : (["webhookUrl"] as const)),
		...(length > 0 && length < limits.secret ? (["secret"] as const) : []),
	];
}

/** Whether messages are to go to another server than the one for which its secrets were given. */
export function isElsewhere(form: Pick<AddressForm, "webhookUrl">, kept: MessageAddress | undefined): boolean {
	const [now, before] = [form.webhookUrl, kept?.settings.webhookUrl ?? ""].map((url) => URL.parse(url.trim())?.origin);
	return kept !== undefined && form.webhookUrl.trim() !== "" && now !== before;
}
