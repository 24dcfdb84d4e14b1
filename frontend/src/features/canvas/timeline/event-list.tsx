import { useEffect } from "react";
import { useEvents } from "@/shared/api/reading/events";
import { words } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { Loaded } from "../loaded";
import { eventText } from "./event-text";

/** Everything the run has told, in order; what comes while it is open is added at the end. */
export function EventList({ id, lastSeq }: { id: string; lastSeq: number }) {
  const events = useEvents(id, lastSeq);
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = events;
  const pages = data?.pages ?? [];
  // The last page was read to its end, so whatever is missing has only just happened.
  const isFollowing = pages.length > 0 && !pages.at(-1)?.next_cursor;
  useEffect(() => {
    if (isFollowing && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [isFollowing, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  return (
    <Loaded query={events} label="Reading the events">
      {() => (
        <>
          <ol aria-label="Events" className="flex flex-col divide-y divide-line rounded border border-line bg-surface text-sm">
            {pages
              .flatMap(({ items }) => items)
              .map((event) => (
                <li key={event.seq} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 px-3 py-2">
                  <time dateTime={event.at} className="text-xs leading-5 text-ink-soft">
                    {new Date(event.at).toLocaleTimeString("en-GB")}
                  </time>
                  <span className="break-words">
                    <span className="font-medium">{words(event.type)}</span>
                    {event.node ? <span className="text-ink-soft"> · {words(event.node)}</span> : null}
                    {eventText(event) ? <span className="block text-ink-soft">{eventText(event)}</span> : null}
                  </span>
                </li>
              ))}
          </ol>
          {hasNextPage && (!isFollowing || isFetchNextPageError) ? (
            <Button className="self-start" busy={isFetching} onClick={() => void fetchNextPage()}>
              Show more events
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  );
}
