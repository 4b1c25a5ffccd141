import { Type } from "typebox";
import { messageChannels } from "../conversations/message/model.ts";
import { pageOrAll } from "../kernel/http/paging.ts";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf, requireUser } from "../kernel/principal.ts";
import type { Sight } from "../kernel/sight.ts";
import { senderOf } from "./addresses.ts";
import { CobrowseBody } from "./cobrowse-settings.ts";
import type { Messaging } from "./messaging.ts";
import { carrierNumbers, type MessageAddress, providerNames } from "./model.ts";
import { addressView } from "./views.ts";

const path = "/api/inlay/v1/messaging/addresses";
const read = readScope("integrations");
const write = writeScope("integrations");
/** Addresses are the whole organization's, as its numbers are. */
const may = (action: string) => everywhere(anyOf(`integrations:integration:${action}`));

const longText = Type.String({ minLength: 1, maxLength: 300 });

const MessengerBody = Type.Partial(
	Type.Object({
		origins: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 100 }),
		title: Type.String({ maxLength: 100 }),
		welcome: Type.String({ maxLength: 1000 }),
		color: Type.String({ maxLength: 20 }),
		form: Type.Array(
			Type.Object({
				key: Type.String({ minLength: 1, maxLength: 50 }),
				label: Type.String({ minLength: 1, maxLength: 100, pattern: "\\S" }),
				isRequired: Type.Boolean(),
			}),
			{ maxItems: 10 },
		),
		typing: Type.Boolean(),
		files: Type.Boolean(),
		transcriptFrom: Type.String({ maxLength: 254 }),
		afterEnd: Type.Union([Type.Literal("goOn"), Type.Literal("startAnew")]),
		sessionMinutes: Type.Integer({ minimum: 6, maximum: 30 * 24 * 60 }),
		cobrowse: CobrowseBody,
		signIn: Type.Union([
			Type.Object({
				issuer: Type.String({ maxLength: 300 }),
				audience: Type.String({ maxLength: 300 }),
				keys: Type.String({ maxLength: 20_000 }),
			}),
			Type.Null(),
		]),
	}),
);

const minutes = Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 24 * 60 }), Type.Null()]));

const SilenceBody = Type.Object({
	warnAfterMinutes: minutes,
	endAfterMinutes: minutes,
	warnText: Type.Optional(longText),
	endText: Type.Optional(longText),
});

const path200 = Type.String({ maxLength: 200 });

const CarrierBody = Type.Partial(
	Type.Object({
		request: Type.String({ minLength: 2, maxLength: 5000 }),
		idPath: path200,
		numbers: Type.Union(carrierNumbers.map((one) => Type.Literal(one))),
		inbound: Type.Partial(
			Type.Object({ id: path200, from: path200, text: path200, media: path200, status: path200, error: path200 }),
		),
		authorization: Type.String({ maxLength: 1000, pattern: "^[\\x20-\\x7e]*$" }),
	}),
);

const AddressBody = Type.Object({
	name: Type.String({ minLength: 1, maxLength: 100, pattern: "\\S" }),
	channel: Type.Union(messageChannels.map((one) => Type.Literal(one))),
	address: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
	queueId: Type.String({ minLength: 1, maxLength: 200 }),
	provider: Type.Union(providerNames.map((one) => Type.Literal(one))),
	settings: Type.Optional(
		Type.Object({
			threadingHours: Type.Optional(Type.Integer({ minimum: 0, maximum: 72 })),
			webhookUrl: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 500 }), Type.Null()])),
			secret: Type.Optional(Type.Union([Type.String({ minLength: 16, maxLength: 200 }), Type.Null()])),
			optOutText: Type.Optional(longText),
			optInText: Type.Optional(longText),
			helpText: Type.Optional(longText),
			carrier: Type.Optional(CarrierBody),
			mms: Type.Optional(Type.Boolean()),
			messenger: Type.Optional(MessengerBody),
			silence: Type.Optional(SilenceBody),
		}),
	),
	version: SeenVersion,
});

const readOnly = ["id", "selfUri", "mailsTranscript"];

/** Addresses by which customers write; ours: the platform has them in its integrations and SMS settings. */
export function addressRoutes({ addresses, web }: Messaging, sight: Sight): Route[] {
	const view = async (address: MessageAddress) => {
		const from = senderOf(address);
		return versioned(addressView(address, from === "" ? undefined : await web.canMail(from)));
	};
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayMessagingAddresses",
			summary: "Addresses by which customers write, each with the queue that answers.",
			permission: may("view"),
			scope: read,
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ query, url }) {
				const page = pageOrAll(await addresses.all(), query, url);
				return { ...page, entities: page.entities.map((one) => addressView(one)) };
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postInlayMessagingAddresses",
			summary: "Puts an address into service.",
			permission: may("add"),
			scope: write,
			body: AddressBody,
			readOnly: [...readOnly, "version", "hasSecret", "hasAuthorization"],
			success: { status: 200 },
			errors: ["resource.already.exists"],
			async handler({ body: { version: _version, ...wish }, principal }) {
				await sight.requireNew(principal, { queue: [wish.queueId] });
				return view(await addresses.create(wish, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${path}/:addressId`,
			operationId: "getInlayMessagingAddress",
			summary: "One address.",
			permission: may("view"),
			scope: read,
			params: idParams("addressId"),
			success: { status: 200 },
			handler: async ({ params }) => view(await addresses.require(params.addressId)),
		}),
		route({
			method: "PUT",
			path: `${path}/:addressId`,
			operationId: "putInlayMessagingAddress",
			summary:
				"Has an address answered by another queue, or otherwise; exchanges that are under way stay where they are.",
			permission: may("edit"),
			scope: write,
			params: idParams("addressId"),
			body: AddressBody,
			readOnly: [...readOnly, "hasSecret", "hasAuthorization"],
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict", "resource.already.exists"],
			async handler({ params, body: { version, ...wish }, principal, headers }) {
				const seen = seenVersion(headers, version);
				const before = await addresses.require(params.addressId);
				await sight.requireNew(principal, { queue: [wish.queueId] }, { queue: [before.queueId] });
				return view(await addresses.change(params.addressId, wish, seen, actorOf(principal)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:addressId`,
			operationId: "deleteInlayMessagingAddress",
			summary: "Takes an address out of service.",
			permission: may("delete"),
			scope: write,
			params: idParams("addressId"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			handler: ({ params, principal, headers }) =>
				addresses.remove(params.addressId, seenVersion(headers), actorOf(principal)),
		}),
	];
}

/** @param queuesOf the queues for which a user works */
export function ownQueueRoutes(
	{ addresses }: Messaging,
	queuesOf: (userId: string) => Promise<ReadonlyArray<{ id: string; name: string }>>,
): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/messaging/queues/me",
			operationId: "getInlayMessagingQueuesMe",
			summary: "The queues on whose behalf one writes texts to phones, with the number that customers see.",
			permission: noPermission,
			scope: readScope("conversations"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ principal, query, url }) {
				const own = await queuesOf(requireUser(principal));
				const texting = (await addresses.all()).filter(({ channel }) => channel === "sms");
				const found = own.flatMap(({ id, name }) => {
					const [first, ...others] = texting.filter((one) => one.queueId === id).map(({ address }) => address);
					return first
						? [{ id, name, address: first, ...(others.length > 0 ? { addresses: [first, ...others] } : {}) }]
						: [];
				});
				return pageOrAll(found, query, url);
			},
		}),
	];
}
