# The networks' batches and DDP's examples; arithmetic on figures, one a line.

# shellcheck disable=SC2034
declare -A batch=([mlp]=128 [small]=32 [lenet]=128 [vgg]=64)
# shellcheck disable=SC2034
declare -A examples=([mlp]=8192 [small]=32768 [lenet]=4096 [vgg]=512)

later_half() { awk '{v[NR] = $0} END {for (i = int(NR / 2) + 1; i <= NR; i++) print v[i]}'; }

median() { spread %.6g | sed 's/ .*//'; }

number() { sed -n "s/.*\"$1\":\([0-9.eE+-]*\).*/\1/p"; }

# FORMAT: median and, in brackets, the range, each as printf's FORMAT says
spread() {
    grep -v '^-*$' | sort -g | awk -v f="$1" '{v[NR] = $1} END {
        if (NR == 0) print "-"
        else if (NR == 1) printf f "\n", v[1]
        else printf f " (" f " to " f ")\n", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2, v[1], v[NR]
    }'
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN {if (a + 0 && b + 0) printf "%.6g\n", a / b; else print "-"}'; }

# METRICS EXAMPLES: examples per second that a run of Lockstep settled at
settled() { grep '"kind":"epoch"' "$1" | number seconds | later_half | awk -v n="$2" '{print n / $1}' | median; }
