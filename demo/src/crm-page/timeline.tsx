import { Badge, Icon, type IconName } from "@inlay/ui";
import { useEffect, useRef } from "preact/hooks";
import type { Activity } from "../crm/model.ts";
import { phoneText } from "../crm/phone-numbers.ts";
import { clockText } from "../page/duration.ts";
import { activityNames, strings } from "./strings.ts";

/** What has happened with a contact, newest first. */
export function Timeline({ activities, marked }: { activities: Activity[]; marked?: string }) {
	if (activities.length === 0) return <p class="ui-muted">{strings.noActivities}</p>;
	return (
		<ol class="timeline">
			{activities.map((activity) => (
				<Entry key={activity.id} activity={activity} marked={activity.id === marked} />
			))}
		</ol>
	);
}

function Entry({ activity, marked }: { activity: Activity; marked: boolean }) {
	const item = useRef<HTMLLIElement>(null);
	useEffect(() => {
		if (marked) item.current?.scrollIntoView({ block: "center" });
	}, [marked]);
	return (
		<li
			ref={item}
			data-activity={activity.id}
			data-kind={activity.kind}
			data-interaction={activity.call?.interactionId}
			aria-current={marked ? "true" : undefined}
		>
			<span class="timeline-icon" aria-hidden="true">
				<Icon name={iconOf(activity)} size={16} />
			</span>
			<div class="ui-grow">
				<div class="timeline-head">
					<h3>{activity.subject}</h3>
					<time dateTime={activity.at}>{timeText(activity.at)}</time>
				</div>
				<p class="timeline-kind">
					{kindText(activity)}
					{activity.call?.phone && (
						<>
							{activity.call.medium === "message" ? " " : " · "}
							<bdi class="timeline-number ui-number">{phoneText(activity.call.phone)}</bdi>
						</>
					)}
				</p>
				{activity.notes && <p class="timeline-notes">{activity.notes}</p>}
				{activity.call && <CallBadges call={activity.call} />}
			</div>
		</li>
	);
}

function CallBadges({ call }: { call: NonNullable<Activity["call"]> }) {
	return (
		<p class="timeline-badges">
			{call.durationSeconds !== undefined && <Badge>{clockText(call.durationSeconds)}</Badge>}
			{call.queueName && <Badge tone="info">{call.queueName}</Badge>}
			{call.disposition && <Badge tone="good">{call.disposition}</Badge>}
		</p>
	);
}

function iconOf({ kind, call }: Activity): IconName {
	if (call?.medium === "message") return "message";
	if (call?.medium === "email") return "copy";
	if (kind === "call") return call?.direction === "Outbound" ? "outgoing" : "incoming";
	return ({ email: "copy", note: "edit", order: "log" } as const)[kind];
}

/** The number stands behind it, where there is one. */
export function kindText({ kind, call }: Activity): string {
	if (!call) return activityNames[kind];
	const isOut = call.direction === "Outbound";
	if (call.medium === "email") return isOut ? strings.outboundEmail : strings.inboundEmail;
	if (call.medium === "message" && !call.phone) return isOut ? strings.outboundMessage : strings.inboundMessage;
	if (call.medium === "message") return isOut ? strings.messageTo : strings.messageFrom;
	if (call.medium === "callback") return strings.callback;
	return isOut ? strings.outbound : strings.inbound;
}

const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function timeText(at: string): string {
	const time = new Date(at);
	return Number.isNaN(time.getTime()) ? at : format.format(time);
}
