import { Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { type Route, route, writeScope } from "../kernel/http/route.ts";
import { actorOf } from "../kernel/principal.ts";
import type { Contact } from "./model.ts";
import { may, path, permittedContact, type RouteContext } from "./route-context.ts";

const id = Type.String({ minLength: 1, maxLength: 200 });

/** Two contacts who are one person. */
export function mergeRoutes(context: RouteContext): Route[] {
	return [
		route({
			method: "POST",
			path: `${path}/merge/contacts`,
			operationId: "postExternalcontactsMergeContacts",
			summary: "Makes one contact of two: the target, under whose id and the source's it is found from then on.",
			permission: may("contact", "edit"),
			scope: writeScope("external-contacts"),
			body: Type.Object({ sourceContactId: id, targetContactId: id }),
			success: { status: 200, model: "MergeOperation" },
			async handler({ body: { sourceContactId, targetContactId }, principal }) {
				const source = await permittedContact(context, sourceContactId, "edit", principal);
				const target = await permittedContact(context, targetContactId, "edit", principal);
				if (source.id === target.id) throw badField("sourceContactId", "These are one contact already.");
				const merged = await context.external.merge(source.id, target.id, actorOf(principal));
				return { sourceContact: refTo(source), targetContact: refTo(target), resultingContact: refTo(merged) };
			},
		}),
	];
}

const refTo = ({ id }: Contact) => ({ id, selfUri: `${path}/contacts/${id}` });
