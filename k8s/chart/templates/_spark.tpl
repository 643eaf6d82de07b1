{{- define "lockstep.sparkProperties" -}}
spark.master=k8s://https://kubernetes.default.svc
spark.app.name={{ .Release.Name }}
spark.kubernetes.namespace={{ .Release.Namespace }}
spark.kubernetes.container.image={{ include "lockstep.image" . }}
spark.kubernetes.container.image.pullPolicy={{ .Values.image.pullPolicy }}
{{- with .Values.image.pullSecrets }}
spark.kubernetes.container.image.pullSecrets={{ join "," . }}
{{- end }}
spark.kubernetes.executor.podTemplateFile=/etc/lockstep/executor.yaml
spark.kubernetes.driver.service.deleteOnTermination=false
spark.kubernetes.driver.ownPersistentVolumeClaim=false
spark.kubernetes.driver.reusePersistentVolumeClaim=false
spark.driver.memory={{ int64 .Values.driver.heap }}m
spark.executor.instances={{ int64 .Values.executors.count }}
spark.executor.cores={{ .Values.executors.cores }}
spark.kubernetes.executor.limit.cores={{ .Values.executors.cores }}
spark.executor.memory={{ int64 .Values.executors.heap }}m
spark.executor.memoryOverhead={{ add .Values.executors.native (include "lockstep.sharedMemory" . | int64) }}m
{{- if .Values.gpu.perWorker }}
spark.task.resource.gpu.amount={{ .Values.gpu.perWorker }}
spark.executor.resource.gpu.amount={{ mul .Values.gpu.perWorker .Values.executors.cores }}
spark.executor.resource.gpu.vendor={{ .Values.gpu.vendor }}
spark.executor.resource.gpu.discoveryScript=/opt/lockstep/kubernetes/gpus
{{- end }}
{{- if .Values.metrics.enabled }}
spark.ui.prometheus.enabled=true
spark.metrics.conf.*.sink.prometheusServlet.class=org.apache.spark.metrics.sink.PrometheusServlet
spark.metrics.conf.*.sink.prometheusServlet.path=/metrics/prometheus
{{- end }}
{{- range $key, $value := .Values.sparkConf }}
{{ $key }}={{ include "lockstep.property" $value }}
{{- end }}
{{- end }}

{{/* As a file of Java's properties has it. */}}
{{- define "lockstep.property" -}}
{{- kindIs "string" . | ternary . (toJson .) | replace "\\" "\\\\" | replace "\n" "\\n" -}}
{{- end }}

{{/* The template that Spark makes each executor's pod of. */}}
{{- define "lockstep.executor" -}}
apiVersion: v1
kind: Pod
metadata:
  labels:
    {{- include "lockstep.labels" . | nindent 4 }}
    app.kubernetes.io/component: executor
    {{- if eq .Values.scheduler.name "yunikorn" }}
    applicationId: {{ toYaml .Release.Name }}
    {{- with .Values.scheduler.queue }}
    queue: {{ toYaml . }}
    {{- end }}
    {{- end }}
  {{- if eq .Values.scheduler.name "volcano" }}
  annotations:
    scheduling.k8s.io/group-name: {{ toYaml .Release.Name }}
  {{- else if eq .Values.scheduler.name "yunikorn" }}
  annotations:
    yunikorn.apache.org/task-group-name: executor
  {{- end }}
spec:
  automountServiceAccountToken: false
  {{- if ne .Values.scheduler.name "default" }}
  schedulerName: {{ .Values.scheduler.name }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ toYaml . }}
  {{- end }}
  {{- with include "lockstep.placement" .Values.executors }}
  {{- nindent 2 (trim .) }}
  {{- end }}
  securityContext:
    {{- include "lockstep.podSecurity" . | nindent 4 }}
  containers:
    - name: executor
      {{- with .Values.environment }}
      env:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        {{- include "lockstep.containerSecurity" . | nindent 8 }}
      volumeMounts:
        - name: shared-memory
          mountPath: /dev/shm
        {{- include "lockstep.mounts" . | nindent 8 }}
  volumes:
    - name: shared-memory
      emptyDir:
        medium: Memory
        sizeLimit: {{ include "lockstep.sharedMemory" . }}Mi
    {{- include "lockstep.volumes" . | nindent 4 }}
{{- end }}
