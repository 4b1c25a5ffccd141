import { Badge, locale } from "@inlay/ui";
import type { AuditMessage } from "./audit-wire.ts";
import { placeOf } from "./places.ts";
import { t } from "./strings.ts";

/** One change: who, what, when; it opens to what was before and after. */
export function Entry({ entry }: { entry: AuditMessage }) {
	const { entity, entityType, action, status, remoteIp, eventDate } = entry;
	const time = new Date(eventDate).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "medium" });
	const name = entity.name ?? entity.id;
	const place = placeOf(entry);
	const address = remoteIp?.[0];
	const count = entry.propertyChanges.length;
	return (
		<li class="audit-entry">
			<div class="row-main">
				<strong>
					{action} · {entityType} <bdi>{name}</bdi>
				</strong>
				<span class="ui-muted">
					{[time, whoOf(entry), address && t("fromAddress", { address })].filter(Boolean).join(" · ")}
				</span>
			</div>
			{status === "FAILURE" && <Badge tone="bad">{t("FAILURE")}</Badge>}
			{place && <a href={place.href}>{t("open", { name })}</a>}
			<details>
				<summary aria-label={t("detailsOf", { what: `${action} ${name}`, time })}>
					{t("details")}
					{count > 0 && ` (${t("changes", { count })})`}
				</summary>
				<Details entry={entry} />
			</details>
		</li>
	);
}

/** Of who was refused nobody knows who they were. */
function whoOf({ user, client, status }: AuditMessage): string {
	if (!user && status === "FAILURE") return "";
	const who = user ? (user.name ?? user.id) : (client?.name ?? client?.id);
	if (who === undefined) return t("by", { who: t("server") });
	return user && client?.name ? t("byWith", { who, client: client.name }) : t("by", { who });
}

function Details({ entry: { propertyChanges, entityChanges, context, action } }: { entry: AuditMessage }) {
	return (
		<div class="ui-stack audit-details">
			{propertyChanges.length === 0 && /^(Create|Update|Delete)$/.test(action) && (
				<p class="ui-muted">{t("noChanges")}</p>
			)}
			{propertyChanges.length > 0 && (
				<table>
					<thead>
						<tr>
							<th scope="col">{t("property")}</th>
							<th scope="col">{t("before")}</th>
							<th scope="col">{t("after")}</th>
						</tr>
					</thead>
					<tbody>
						{propertyChanges.map(({ property, oldValues, newValues }) => (
							<tr key={property}>
								<th scope="row">
									<bdi>{property}</bdi>
								</th>
								<Values label={t("before")} values={oldValues} />
								<Values label={t("after")} values={newValues} />
							</tr>
						))}
					</tbody>
				</table>
			)}
			{entityChanges.length > 0 && (
				<section>
					<h2>{t("others")}</h2>
					<ul>
						{entityChanges.map(({ entityType, entityId, entityName, oldValues, newValues }) => (
							<li key={`${entityType} ${entityId}`}>
								{entityType} <bdi>{entityName ?? entityId}</bdi>: {[...oldValues, "→", ...newValues].join(" ")}
							</li>
						))}
					</ul>
				</section>
			)}
			<dl class="audit-context">
				{Object.entries(context).map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>
							<bdi>{value}</bdi>
						</dd>
					</div>
				))}
			</dl>
		</div>
	);
}

/** What the server calls a value that it does not tell. */
const unshown = "•••";

function Values({ label, values }: { label: string; values: readonly string[] }) {
	return (
		<td data-label={label}>
			{values.map((value, index) => (
				<div key={index}>{value === unshown ? <em>{t("hidden")}</em> : <bdi>{value}</bdi>}</div>
			))}
		</td>
	);
}
