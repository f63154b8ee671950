/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What tells from outside that a file, or one that belongs to it as a confirmation does, has changed: size, identity and times. The time of the last change
 * of the inode is among them where the system has it, because a tool may set the other one back.
 *
 * @param marks equal if nothing changed
 * @param modified the latest time of modification
 */
public record FileStamp(List<Object> marks, Instant modified) {
    /** Within this time a second change may leave all marks as they are. */
    private static final Duration COARSEST_CLOCK = Duration.ofSeconds(2);

    /** Of the files as they are now; one that cannot be looked at is as good as none. */
    public static FileStamp of(Path... files) {
        List<Object> marks = new ArrayList<>();
        Instant modified = Instant.MIN;
        for (Path path : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                marks.add(attributes.size());
                marks.add(attributes.lastModifiedTime());
                marks.add(Objects.toString(attributes.fileKey()));
                marks.add(changeTime(path));
                Instant time = attributes.lastModifiedTime().toInstant();
                modified = time.isAfter(modified) ? time : modified;
            } catch (IOException | SecurityException e) {
                marks.add("absent");
            }
        }
        return new FileStamp(List.copyOf(marks), modified);
    }

    /** True if the file may change again without another stamp. */
    boolean isFresh(Instant now) {
        return modified.isAfter(now.minus(COARSEST_CLOCK));
    }

    private static Object changeTime(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return FileTime.fromMillis(0);
        }
        return Files.getAttribute(path, "unix:ctime");
    }
}
