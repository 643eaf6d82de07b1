package dev.lockstep.k8s.image;

import static dev.lockstep.k8s.image.Shell.quoted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a container is to its process: the image as a root that cannot be written to, namespaces of its own for mounts,
 * network, host name, processes and shared memory, a user and no capabilities.
 *
 * @param folder for its script; its stdout and stderr go there
 * @param name of the host
 * @param network commands that connect its network namespace, before it has namespaces of other kinds
 * @param mounts what lies where, beside the image
 * @param arguments of the image's entry point
 */
public record Sandbox(
        ImageRoot image,
        Path folder,
        String name,
        String network,
        List<Mount> mounts,
        Map<String, String> environment,
        List<String> arguments) {
    /**
     * @param target absolute path in the sandbox
     * @param command of bash that mounts something at {@code "$at"}
     */
    public record Mount(String target, String command) {
        public static Mount of(Path source, String target, boolean readOnly) {
            String bind = "mount --bind " + quoted(source.toAbsolutePath()) + " \"$at\"";
            return new Mount(target, readOnly ? bind + "; mount -o remount,bind,ro \"$at\"" : bind);
        }

        /** In memory, of so many bytes, or with tmpfs's own suffixes. */
        public static Mount memory(String size, String target) {
            return new Mount(target, "mount -t tmpfs -o mode=1777,size=" + size + " memory \"$at\"");
        }
    }

    /** As container engines have it where nobody says more. */
    private static final Mount SMALL_SHARED_MEMORY = Mount.memory("64m", "/dev/shm");

    public Process start() throws IOException {
        Files.createDirectories(folder.resolve("root"));
        Path inside = Files.writeString(folder.resolve("inside.sh"), inside());
        String outside = "ip link set lo up; " + network
                + " exec unshare --mount --uts --ipc --pid --fork --kill-child bash -eu " + quoted(inside);
        return new ProcessBuilder(List.of("unshare", "--net", "bash", "-euc", outside))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String inside() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("hostname " + quoted(name));
        lines.add("mount --make-rprivate /");
        lines.add("mount -t tmpfs sandbox " + quoted(folder.resolve("root")));
        lines.add("cd " + quoted(folder.resolve("root")));
        lines.add("mkdir upper work root");
        lines.add("mount -t overlay image -o lowerdir=" + image.layer() + ":/,upperdir=upper,workdir=work root");
        lines.add("mount -t proc proc root/proc");
        lines.add("mount --rbind /sys root/sys");
        lines.add("mount --rbind /dev root/dev");
        // The outer ones first, so that an inner one is not hidden.
        List<Mount> all = new ArrayList<>(mounts);
        all.add(0, SMALL_SHARED_MEMORY);
        all.sort(Comparator.comparingInt(mount -> mount.target().length()));
        for (Mount mount : all) {
            // As /var/run, which is a link to a folder of the root that it is in.
            lines.add("at=\"root$(chroot root realpath -m " + quoted(mount.target()) + ")\"; [ -e \"$at\" ] || mkdir -p"
                    + " \"$at\"; " + mount.command());
        }
        lines.add("mount -o remount,ro root");
        lines.add("exec chroot root setpriv --reuid=" + image.user() + " --regid=" + image.user() + " --clear-groups"
                + " --no-new-privs --bounding-set=-all --inh-caps=-all env -i -C "
                + quoted(image.workingDirectory()) + " " + variables() + " " + words());
        return String.join("\n", lines) + "\n";
    }

    private String variables() {
        return environment.entrySet().stream()
                .map(entry -> quoted(entry.getKey() + "=" + entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private String words() throws IOException {
        List<String> words = new ArrayList<>(image.entrypoint());
        words.addAll(arguments);
        return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }
}
