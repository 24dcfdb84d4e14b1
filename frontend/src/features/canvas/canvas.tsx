import type { Story } from "@/features/story/story";
import { EmptyState } from "@/shared/ui/states";

export function Canvas({ story }: { id: string; story: Story }) {
  return <EmptyState title={story.lastSeq ? "The design appears here" : "Nothing yet"} />;
}
