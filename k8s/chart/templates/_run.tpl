{{/* What every pod of the run carries, and what policies find them by. A name may be a number: toYaml quotes it then. */}}
{{- define "lockstep.selector" -}}
app.kubernetes.io/name: lockstep
app.kubernetes.io/instance: {{ toYaml .Release.Name }}
{{- end }}

{{- define "lockstep.labels" -}}
{{ include "lockstep.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* Of whatever there is one of in a run: all have the release's name. */}}
{{- define "lockstep.metadata" -}}
name: {{ toYaml .Release.Name }}
namespace: {{ toYaml .Release.Namespace }}
labels:
  {{- include "lockstep.labels" . | nindent 2 }}
{{- end }}

{{- define "lockstep.image" -}}
{{ .Values.image.repository }}
{{- if not (contains "@" .Values.image.repository) }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{/*
MiB of an executor's /dev/shm. With w workers in p pods and P parameters, as SharedMemoryPlan has it for the shortest
links, of which two times as much makes room for longer ones: 2 (0.15 (2w)^2 + 13 (p + 1)) + 4 P (1 + w / p) bytes.
*/}}
{{- define "lockstep.sharedMemory" -}}
{{- $members := mul 2 .Values.executors.count .Values.executors.cores -}}
{{- $links := add (div (mul 15 $members $members) 100) (mul 13 (add .Values.executors.count 1)) 1 -}}
{{- $values := add (div (mul 4 (int64 .Values.job.parameters) (add 1 .Values.executors.cores)) 1048576) 1 -}}
{{- default (add (mul 2 $links) $values) (int64 .Values.executors.sharedMemory) -}}
{{- end }}

{{- define "lockstep.claim" -}}
{{ .Values.output.claim | default (printf "%s-output" .Release.Name) }}
{{- end }}

{{/* A relative path is one of the driver's own folder, which goes with its pod. */}}
{{- define "lockstep.requireOutput" -}}
{{- $job := fromYaml .Values.job.file -}}
{{- with $job.Error }}{{ fail (printf "job.file must be YAML: %s" .) }}{{ end -}}
{{- $output := $job.output | default "" | toString -}}
{{- if not (or (regexMatch "^(/|[a-z0-9]+:)" $output) (regexMatch "(^|[ =])output=" (join " " .Values.job.arguments))) -}}
{{- fail (printf "job.file must name its output in full, or it goes with the driver's pod: output=%s. Write it as /output/NAME, or as s3a://BUCKET/NAME." $output) -}}
{{- end -}}
{{- end }}

{{/* Which nodes a pod goes to: of the driver's values, or the executors'. */}}
{{- define "lockstep.placement" -}}
{{- range $key := list "nodeSelector" "tolerations" "affinity" }}
{{- with get $ $key }}
{{ $key }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{/* Of a pod: nobody's user, who may write to the run's own volumes alone. */}}
{{- define "lockstep.podSecurity" -}}
runAsNonRoot: true
{{- with .Values.runAsUser }}
runAsUser: {{ int64 . }}
runAsGroup: {{ int64 . }}
fsGroup: {{ int64 . }}
{{- end }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "lockstep.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* What a pod may write to: libraries are unpacked in the home. */}}
{{- define "lockstep.mounts" -}}
- name: tmp
  mountPath: /tmp
- name: home
  mountPath: /home/lockstep
{{- if .Values.output.enabled }}
- name: output
  mountPath: /output
{{- end }}
{{- with .Values.volumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "lockstep.volumes" -}}
- name: tmp
  emptyDir: {}
- name: home
  emptyDir:
    sizeLimit: 3Gi
{{- if .Values.output.enabled }}
- name: output
  persistentVolumeClaim:
    claimName: {{ include "lockstep.claim" . | toYaml }}
{{- end }}
{{- with .Values.volumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/*
YuniKorn reserves what the driver's pod says that the run will need, by pods of its own, which have to fit where the
run's do.
*/}}
{{- define "lockstep.taskGroups" -}}
{{- $own := add .Values.driver.heap .Values.driver.native -}}
{{- $driver := dict "cpu" (toString .Values.driver.cores) "memory" (printf "%dMi" $own) -}}
{{- $memory := add .Values.executors.heap .Values.executors.native (include "lockstep.sharedMemory" . | int64) -}}
{{- $executor := dict "cpu" (toString .Values.executors.cores) "memory" (printf "%dMi" $memory) -}}
{{- with .Values.gpu.perWorker -}}
{{- $_ := set $executor (printf "%s/gpu" $.Values.gpu.vendor) (mul . $.Values.executors.cores | toString) -}}
{{- end -}}
{{- list
  (merge (dict "name" "driver" "minMember" 1 "minResource" $driver)
    (include "lockstep.placement" .Values.driver | fromYaml))
  (merge (dict "name" "executor" "minMember" .Values.executors.count "minResource" $executor)
    (include "lockstep.placement" .Values.executors | fromYaml))
  | toJson -}}
{{- end }}
