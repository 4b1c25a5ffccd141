import { Type } from "typebox";
import { controllerOf, visible } from "../conversations/routes/context.ts";
import type { Conversations } from "../conversations/service.ts";
import { badField } from "../kernel/http/api-error.ts";
import { type Route, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { requireInDivision } from "../kernel/principal.ts";
import { contactName } from "./model.ts";
import { may, path, type RouteContext } from "./route-context.ts";
import { twins } from "./twins.ts";

const id = Type.String({ minLength: 1, maxLength: 200 });

/** `ConversationAssociation`. */
const associationBody = Type.Object({
	externalContactId: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
	conversationId: id,
	communicationId: id,
	mediaType: Type.String({ minLength: 1, maxLength: 40 }),
});

/** Who somebody in a conversation is. */
export function associationRoutes({ external }: RouteContext, conversations: Conversations): Route[] {
	return [
		route({
			method: "PUT",
			path: `${path}/conversations/:conversationId`,
			operationId: "putExternalcontactsConversation",
			summary: "Says which contact the customer of a conversation is, or, without a contact, that they are none.",
			permission: may("conversation", "associate"),
			scope: writeScope("external-contacts"),
			params: idParams("conversationId"),
			body: associationBody,
			success: { status: 202 },
			errors: ["conversation.error.communication.not.found"],
			async handler({ params: { conversationId }, body, principal }) {
				await visible(conversations, conversationId, principal);
				if (body.conversationId !== conversationId)
					throw badField("conversationId", "conversationId must be that of the address.");
				const found = body.externalContactId ? await external.contacts.find(body.externalContactId) : undefined;
				if (body.externalContactId && !found)
					throw badField("externalContactId", `No external contact with id ${body.externalContactId}.`);
				if (found) requireInDivision(principal, twins("contact", "view"), found.divisionId);
				const organizationId = found?.organization?.id;
				const known = found && { id: found.id, name: contactName(found.value), organizationId };
				const { communicationId, mediaType } = body;
				await conversations.associate({ conversationId, communicationId, mediaType }, known, controllerOf(principal));
			},
		}),
	];
}
